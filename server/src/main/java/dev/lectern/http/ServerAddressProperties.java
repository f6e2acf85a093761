package dev.lectern.http;

import dev.lectern.shared.SettingValidator;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The address of the server.
 *
 * @param host IP address or host name that the server listens on. 0.0.0.0 listens on all interfaces; requests for other names than localhost then
 *     require LECTERN_SECURITY_ALLOWED_HOSTS or LECTERN_HTTP_PUBLIC_URL, without which a warning is shown. Any address other than a loopback one requires HTTPS (LECTERN_TLS_CERTIFICATE) or a proxy with HTTPS
 *     (LECTERN_HTTP_TRUSTED_PROXIES).
 * @param port TCP port that the server listens on, 0 to 65535. 0 selects any free port.
 * @param allowInsecure Whether the server may listen on the network without HTTPS and without a trusted proxy, so that others on the way read and change
 *     everything. It is reported in the log and at /health.
 */
@ConfigurationProperties("lectern")
record ServerAddressProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8080") int port,
        @DefaultValue("false") boolean allowInsecure) {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?]?");
    private static final int MAX_PORT = 65_535;

    ServerAddressProperties {
        SettingValidator.of("lectern")
                .require(
                        "host",
                        host,
                        HOST.matcher(host).matches(),
                        "an IP address or a host name without port, such as 127.0.0.1")
                .requireBetween("port", port, 0, MAX_PORT);
    }
}
