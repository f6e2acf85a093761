package dev.lectern.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the server listens.
 *
 * @param host the address it listens on; 0.0.0.0 for all of the machine's, which needs allowed hosts as well
 * @param port the TCP port it listens on; 0 for any that is free
 */
@ConfigurationProperties("lectern")
record ServerAddressProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8080") int port) {}
