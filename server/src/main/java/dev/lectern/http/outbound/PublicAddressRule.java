package dev.lectern.http.outbound;

import dev.lectern.http.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells public addresses from all others: those of this machine, of private networks, of the services that clouds offer to their machines, and those that
 * stand for such an address in another form (IANA's special-purpose registries).
 */
final class PublicAddressRule {
    private static final List<AddressRange> NOT_PUBLIC_V4 = ranges(
            "0.0.0.0/8", // this network; 0.0.0.0 is this machine
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by customers of a provider; metadata of Alibaba
            "127.0.0.0/8", // loopback
            "168.63.129.16", // metadata of Azure
            "169.254.0.0/16", // link-local; metadata of most clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; metadata of Oracle
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved; broadcast

    /** All that is assigned to public hosts. */
    private static final AddressRange PUBLIC_V6 = range("2000::/3");

    private static final List<AddressRange> NOT_PUBLIC_V6 = ranges(
            "2001::/23", // protocol assignments; Teredo, which contains an IPv4 address
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which contains an IPv4 address
            "3fff::/20"); // documentation

    /** Contains the IPv4 address in its last 32 bits; in networks without IPv4 every public IPv4 host has such an address. */
    private static final AddressRange NAT64 = range("64:ff9b::/96");

    private static final int V6_BYTES = 16;
    private static final int V4_BYTES = 4;

    private PublicAddressRule() {}

    /** An IPv4-mapped IPv6 address is an {@link Inet4Address} in Java. */
    static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_V4.stream().noneMatch(range -> range.contains(address));
        }
        if (NAT64.contains(address)) {
            return isPublic(embedded(address));
        }
        return PUBLIC_V6.contains(address) && NOT_PUBLIC_V6.stream().noneMatch(range -> range.contains(address));
    }

    private static InetAddress embedded(InetAddress address) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), V6_BYTES - V4_BYTES, V6_BYTES));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(PublicAddressRule::range).toList();
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}
