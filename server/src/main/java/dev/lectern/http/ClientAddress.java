package dev.lectern.http;

import com.google.common.net.InetAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, and under which address. The only owner of this: nothing else reads the peer of the connection, {@code Host}, {@code Forwarded} or
 * {@code X-Forwarded-*}. A filter before all others sets it, and gives the later ones a request whose remote address, scheme, server name and port are these.
 *
 * @param client the client. Behind trusted proxies it is the last address that one of them reported and that is no trusted proxy itself; otherwise the peer.
 *     IPv4-mapped addresses are IPv4
 * @param peer the other end of the connection: the client itself or the last proxy
 * @param hasForwardingHeaders whether the request has {@code Forwarded} or {@code X-Forwarded-*} headers, trusted or not
 * @param isFromTrustedProxy whether the peer is a trusted proxy
 * @param external the address under which the client reached this server
 */
public record ClientAddress(
        InetAddress client,
        InetAddress peer,
        boolean hasForwardingHeaders,
        boolean isFromTrustedProxy,
        ExternalAddress external) {
    private static final String ATTRIBUTE = ClientAddress.class.getName();
    private static final int NETWORK_BYTES = 8;

    /** Addresses of IPv4 clients behind a translator (RFC 6052). */
    private static final AddressRange TRANSLATED = range("64:ff9b::/96");

    private static final int TRANSLATED_BYTES = 12;

    /** The address of a peer that has none, as of a Unix domain socket. */
    private static final InetAddress UNKNOWN = Inet4Address.ofLiteral("0.0.0.0");

    /** The address of a request. Without the filter, as in a test of another one, it is that of the peer. */
    public static ClientAddress of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientAddress known ? known : ofPeer(request, false);
    }

    /** What the connection and the {@code Host} header say. */
    public static ClientAddress ofPeer(HttpServletRequest request, boolean hasForwardingHeaders) {
        InetAddress peer = peerOf(request.getRemoteAddr());
        String scheme = request.isSecure() ? "https" : "http";
        return new ClientAddress(
                peer,
                peer,
                hasForwardingHeaders,
                false,
                new ExternalAddress(scheme, requestedHost(request), request.getServerPort(), ""));
    }

    /** Empty for a request of HTTP/1 without the header {@code Host}, for which the server would put in an address of its own. HTTP/2 has no such header. */
    private static String requestedHost(HttpServletRequest request) {
        if (request.getHeader("Host") == null && request.getProtocol().startsWith("HTTP/1")) {
            return "";
        }
        String name = request.getServerName();
        return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    }

    /** Sets the address of a request, for {@link #of}. */
    public void putInto(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The client in numbers, as people write them (RFC 5952), such as {@code 192.0.2.1} or {@code 2001:db8::1}. */
    public String text() {
        return InetAddresses.toAddrString(client);
    }

    /**
     * What counts as one client in limits: an IPv4 address, also if it is written in IPv6, or the network of an IPv6 address (/64), which its owner can choose
     * addresses of at will. Link-local addresses count each by itself, as one network has all of them.
     */
    public String key() {
        byte[] bytes = client.getAddress();
        if (client instanceof Inet4Address || client.isLinkLocalAddress() || client.isLoopbackAddress()) {
            return client.getHostAddress();
        }
        if (TRANSLATED.contains(client)) {
            return addressOf(Arrays.copyOfRange(bytes, TRANSLATED_BYTES, bytes.length))
                    .getHostAddress();
        }
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        return addressOf(bytes).getHostAddress() + "/64";
    }

    /** Whether a program on this machine called without a proxy: the peer is 127.0.0.0/8 or ::1, and there are no forwarding headers. */
    public boolean isLoopback() {
        return peer.isLoopbackAddress() && !hasForwardingHeaders;
    }

    private static InetAddress peerOf(@Nullable String text) {
        if (text == null) {
            return UNKNOWN;
        }
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = bare.indexOf('%');
        return IpAddressParser.parse(zone < 0 ? bare : bare.substring(0, zone)).orElse(UNKNOWN);
    }

    private static InetAddress addressOf(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}
