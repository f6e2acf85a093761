package dev.lectern.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The security headers of every response: same-origin content only, no framing, no referrer. */
public final class SecurityHeaders {
    private static final String SHARED =
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; connect-src 'self'; font-src 'self';";
    private static final String PAGE =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " + SHARED;

    /** Swagger UI sets its styles by script, which this allows, and uses data images. */
    private static final String DOCS =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " + SHARED;

    private SecurityHeaders() {}

    /** The headers of a response, by name. */
    public static Map<String, String> forPath(String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", path.equals("/docs") || path.startsWith("/docs/") ? DOCS : PAGE);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        if (path.startsWith("/api/")) {
            headers.put("Cache-Control", "no-store");
        }
        return headers;
    }
}
