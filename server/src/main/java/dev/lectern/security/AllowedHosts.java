package dev.lectern.security;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which names this server answers to, and which pages may change something here. A page of another site that has its name resolve to this machine (DNS
 * rebinding) is stopped by the Host it sends; a form or script of another site by its Origin.
 */
final class AllowedHosts {
    private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    AllowedHosts(Set<String> configured) {
        configured.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether a Host header names this server; ports do not matter. */
    boolean hasHost(@Nullable String host) {
        return host != null && names.contains(withoutPort(host.toLowerCase(Locale.ROOT)));
    }

    /**
     * Whether a change comes from our own page or from no page at all.
     *
     * @param host the Host header
     * @param origin the Origin header, null when there is none
     * @param site the Sec-Fetch-Site header, null when there is none
     */
    static boolean sameOrigin(String host, @Nullable String origin, @Nullable String site) {
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
