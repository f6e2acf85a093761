package dev.lectern.http.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The security headers of every response: same-origin content only, no framing, no referrer. */
final class SecurityHeaders {
    private static final String SHARED =
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; connect-src 'self'; font-src 'self';";
    private static final String PAGE =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " + SHARED;

    /** Swagger UI uses inline style attributes and data images. */
    private static final String DOCS =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " + SHARED;

    private SecurityHeaders() {}

    static void write(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        response.setHeader("Content-Security-Policy", path.equals("/docs") || path.startsWith("/docs/") ? DOCS : PAGE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (path.startsWith("/api/")) {
            response.setHeader("Cache-Control", "no-store");
        }
    }
}
