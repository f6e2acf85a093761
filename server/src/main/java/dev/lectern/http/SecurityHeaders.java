package dev.lectern.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The security headers of every response: same-origin content only, no framing, no referrer, and no way back to plain HTTP. */
@Component
public class SecurityHeaders {
    private static final String SHARED =
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; connect-src 'self'; font-src 'self';";
    private static final String PAGE =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " + SHARED;

    /** Swagger UI uses inline style attributes and data images. */
    private static final String DOCS =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " + SHARED;

    private final String transportSecurity;

    SecurityHeaders(TlsProperties tls) {
        this.transportSecurity =
                "max-age=" + tls.hsts().toSeconds() + (tls.hstsSubdomains() ? "; includeSubDomains" : "");
    }

    /**
     * The headers of a response, by name.
     *
     * @param secure whether the client uses HTTPS, also one of a trusted proxy
     * @param serverName the host name that the client uses, without port
     */
    public Map<String, String> of(String path, boolean secure, String serverName) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", path.equals("/docs") || path.startsWith("/docs/") ? DOCS : PAGE);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        if (secure && !isLocal(serverName)) {
            headers.put("Strict-Transport-Security", transportSecurity);
        }
        if (path.startsWith("/api/")) {
            headers.put("Cache-Control", "no-store");
        }
        return headers;
    }

    /** A promise for localhost would bind every other program of the machine that serves plain HTTP. */
    private static boolean isLocal(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }
}
