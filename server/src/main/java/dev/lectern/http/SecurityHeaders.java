package dev.lectern.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The security headers of every response: same-origin content only, no inline scripts and styles, no framing, no referrer, no devices, and no way back to
 * plain HTTP. Browsers report what the content policy blocked to {@link #REPORTS}.
 */
@Component
public class SecurityHeaders {
    /** The path that browsers send reports to. */
    public static final String REPORTS = "/csp-reports";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri ";

    /** All that a page could ask for and Lectern's never does. */
    private static final String PERMISSIONS =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(),"
                    + " serial=(), usb=(), xr-spatial-tracking=()";

    private final String transportSecurity;

    SecurityHeaders(TlsProperties tls) {
        this.transportSecurity =
                "max-age=" + tls.hsts().toSeconds() + (tls.hstsSubdomains() ? "; includeSubDomains" : "");
    }

    /**
     * The headers of a response, by name.
     *
     * @param path of the request, without the prefix of a proxy
     * @param external the address that the client uses
     */
    public Map<String, String> of(String path, ExternalAddress external) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", POLICY + external.path(REPORTS));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Permissions-Policy", PERMISSIONS);
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        if (external.isSecure() && !isLocal(external.host())) {
            headers.put("Strict-Transport-Security", transportSecurity);
        }
        if (path.startsWith("/api/")) {
            headers.put("Cache-Control", "no-store");
        }
        return headers;
    }

    /** A promise for localhost would bind every other program of the machine that serves plain HTTP. */
    private static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }
}
