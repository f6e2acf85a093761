package dev.lectern.security;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host names that this server accepts, and the same-origin check of changes. The Host header exposes a page of another site whose name resolves to this
 * machine (DNS rebinding). The Origin header exposes a form or script of another site.
 */
final class AllowedHosts {
    private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    AllowedHosts(Set<String> configured) {
        configured.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether the host of a Host header is allowed, with any port. */
    boolean isAllowed(@Nullable String host) {
        return host != null && names.contains(withoutPort(host.toLowerCase(Locale.ROOT)));
    }

    /**
     * Whether a change comes from the page of this server, or from a client that is no page.
     *
     * @param host the Host header
     * @param origin the Origin header, null when there is none
     * @param site the Sec-Fetch-Site header, null when there is none
     */
    static boolean isSameOrigin(String host, @Nullable String origin, @Nullable String site) {
        if (origin != null) {
            return host.equalsIgnoreCase(authority(origin));
        }
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
