package dev.lectern.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether requests reach the server over a network without encryption. */
final class NetworkExposure {
    private NetworkExposure() {}

    /** Whether the server listens on more than this machine, and neither it nor a proxy before it speaks HTTPS. */
    static boolean isUnencrypted(ServerAddressProperties address, TlsProperties tls, ProxyProperties proxies) {
        return !tls.isEnabled() && proxies.trustedProxies().isEmpty() && !isLoopback(address.host());
    }

    /** A name without an address counts as this machine: the start fails later, and says that the name is wrong. */
    static boolean isLoopback(String host) {
        return find(host).map(InetAddress::isLoopbackAddress).orElse(true);
    }

    /** Whether an address stands for all interfaces, such as 0.0.0.0. */
    static boolean isAnyLocal(String host) {
        return find(host).map(InetAddress::isAnyLocalAddress).orElse(false);
    }

    private static Optional<InetAddress> find(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }
}
