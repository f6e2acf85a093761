package dev.lectern.http;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation.
 *
 * @param network the first address; its bits beyond {@code bits} are 0
 * @param bits number of leading bits that all addresses of the range share, 0 to 32 (IPv4) or 128 (IPv6)
 */
public record AddressRange(InetAddress network, int bits) {
    private static final Pattern BITS = Pattern.compile("0|[1-9]\\d{0,2}");

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address. Empty when it is neither, or when bits beyond the prefix are set. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> network = IpAddressParser.parse(literal);
        if (network.isEmpty()
                || (slash >= 0 && !BITS.matcher(text.substring(slash + 1)).matches())) {
            return Optional.empty();
        }
        int length = network.get().getAddress().length * Byte.SIZE;
        // The prefix of an IPv4-mapped address counts the 96 bits before it.
        int mapped = literal.contains(":") && length == 32 ? 96 : 0;
        int bits = slash < 0 ? length : Integer.parseInt(text.substring(slash + 1)) - mapped;
        return bits < 0 || bits > length || hasBitsBeyond(network.get().getAddress(), bits)
                ? Optional.empty()
                : Optional.of(new AddressRange(network.get(), bits));
    }

    /** Whether an address belongs to the range. Never for an address of the other version of IP. */
    public boolean contains(InetAddress address) {
        byte[] first = network.getAddress();
        byte[] other = address.getAddress();
        if (first.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int mask = 0xff << Math.max(0, Byte.SIZE - (bits - bit));
            int at = bit / Byte.SIZE;
            if (((first[at] ^ other[at]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasBitsBeyond(byte[] address, int bits) {
        for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
            if ((address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1) {
                return true;
            }
        }
        return false;
    }
}
