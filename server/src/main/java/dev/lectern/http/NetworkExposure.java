package dev.lectern.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether requests reach the server over a network without encryption. */
final class NetworkExposure {
    private NetworkExposure() {}

    /** Whether the server listens on more than this machine, and neither it nor a proxy before it speaks HTTPS. */
    static boolean isUnencrypted(ServerAddressProperties address, TlsProperties tls, ProxyProperties proxies) {
        return !tls.isEnabled() && proxies.trustedProxies().isEmpty() && !isLoopback(address.host());
    }

    /** A name without an address counts as this machine: the start fails later, and says that the name is wrong. */
    static boolean isLoopback(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return InetAddress.getByName(bare).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return true;
        }
    }
}
