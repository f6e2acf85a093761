package dev.lectern.http.outbound;

import dev.lectern.shared.SettingValidator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Addresses that people give.
 *
 * @param allowedHosts Host names without ports, separated by commas, such as wiki.example.internal, that the server may contact at the request of people
 *     although their addresses are not public. All other private, loopback, link-local, metadata and multicast addresses are refused. No part of this version
 *     contacts addresses that people give.
 */
@ConfigurationProperties("lectern.http.outbound")
record OutboundProperties(@DefaultValue Set<String> allowedHosts) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    OutboundProperties {
        allowedHosts = allowedHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        SettingValidator settings = SettingValidator.of("lectern.http.outbound");
        allowedHosts.forEach(host -> settings.require(
                "allowed-hosts",
                host,
                HOST.matcher(host).matches(),
                "host names without scheme, port and path, separated by commas, such as wiki.example.internal"));
    }
}
