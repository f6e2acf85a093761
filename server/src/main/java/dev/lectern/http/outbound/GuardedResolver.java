package dev.lectern.http.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host once for each connection, which is then opened to one of these addresses and no other. So a name server cannot answer with a public address
 * to the check and with a private one to the connection.
 */
final class GuardedResolver implements DnsResolver {
    private final NameResolver resolver;
    private final Set<String> allowedHosts;

    /** @param allowedHosts in lower case; their addresses may be private */
    GuardedResolver(NameResolver resolver, Set<String> allowedHosts) {
        this.resolver = resolver;
        this.allowedHosts = Set.copyOf(allowedHosts);
    }

    /** @throws ForbiddenAddressException when any address of the host is not public */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        if (!allowedHosts.contains(normalize(host)) && !Stream.of(addresses).allMatch(PublicAddressRule::isPublic)) {
            throw new ForbiddenAddressException("The host " + host + " is not public. Use the address of a public host,"
                    + " or ask the operator of this server to allow it by name.");
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** A dot at the end is part of the whole name of a host. */
    private static String normalize(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
