package dev.lectern.security;

import dev.lectern.http.IpAddressParser;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The host names that this server accepts. They expose a page of another site whose name resolves to this machine (DNS rebinding). */
final class AllowedHosts {
    private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", canonical("::1")));

    AllowedHosts(Set<String> configured) {
        configured.forEach(name -> names.add(canonical(name)));
    }

    /** @param host host name or IP address without port, IPv6 in brackets; empty when a request names none */
    boolean isAllowed(String host) {
        return names.contains(canonical(host));
    }

    /** In lower case; an IPv6 address in one form, as it can be written in many. */
    private static String canonical(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return IpAddressParser.parse(bare).map(InetAddress::getHostAddress).orElse(host.toLowerCase(Locale.ROOT));
    }
}
