package dev.lectern.http.proxy;

import java.net.InetAddress;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of headers says about a request, as far as trusted proxies have written it.
 *
 * @param client the client; null when no proxy named one
 * @param scheme {@code http} or {@code https}; null when unknown
 * @param authority host, with its port if that was written; null when unknown
 * @param port 1 to 65535; null when unknown. The port of the authority is more exact
 * @param prefix path that was removed; null when unknown
 */
record ForwardedValues(
        @Nullable InetAddress client,
        @Nullable String scheme,
        @Nullable String authority,
        @Nullable Integer port,
        @Nullable String prefix) {
    static final ForwardedValues NONE = new ForwardedValues(null, null, null, null, null);

    /** What two kinds of headers say: where one of them says nothing, the other one; nothing where they contradict each other. */
    ForwardedValues merge(ForwardedValues other) {
        return new ForwardedValues(
                agreed(client, other.client),
                agreed(scheme, other.scheme),
                agreed(authority, other.authority),
                agreed(port, other.port),
                agreed(prefix, other.prefix));
    }

    boolean contradicts(ForwardedValues other) {
        return differs(client, other.client)
                || differs(scheme, other.scheme)
                || differs(authority, other.authority)
                || differs(port, other.port);
    }

    /** Where a walk over the addresses of proxies has come to. */
    static final class Walk {
        private final Predicate<InetAddress> isTrusted;
        private @Nullable InetAddress client;

        Walk(Predicate<InetAddress> isTrusted) {
            this.isTrusted = isTrusted;
        }

        /** Takes the next address to the left. Returns whether a trusted proxy has that address, so that what stands left of it can be believed. */
        boolean proceed(@Nullable InetAddress next) {
            if (next == null) {
                return false;
            }
            client = next;
            return isTrusted.test(next);
        }

        /** The last address; null when there was none. */
        @Nullable InetAddress client() {
            return client;
        }
    }

    private static <T> @Nullable T agreed(@Nullable T one, @Nullable T other) {
        return one == null || Objects.equals(one, other) ? other : other == null ? one : null;
    }

    private static boolean differs(@Nullable Object one, @Nullable Object other) {
        return one != null && other != null && !one.equals(other);
    }
}
