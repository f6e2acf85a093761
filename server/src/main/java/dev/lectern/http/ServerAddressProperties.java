package dev.lectern.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The address of the server.
 *
 * @param host IP address or host name that the server listens on. 0.0.0.0 listens on all interfaces and also requires
 *     LECTERN_SECURITY_ALLOWED_HOSTS.
 * @param port TCP port that the server listens on, 0 to 65535. 0 selects any free port.
 */
@ConfigurationProperties("lectern")
record ServerAddressProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8080") int port) {}
