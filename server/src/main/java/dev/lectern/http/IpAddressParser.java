package dev.lectern.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses that somebody wrote. Never asks a name server. */
public final class IpAddressParser {
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** The longest text: an IPv6 address whose last 32 bits are written as an IPv4 address. */
    private static final int MAX_LENGTH = 45;

    private IpAddressParser() {}

    /**
     * The address of a literal: IPv4 with four decimal numbers, or IPv6 without brackets and zone. An IPv4-mapped IPv6 address is the IPv4 address. Empty for
     * any other text, host names included.
     */
    public static Optional<InetAddress> parse(String literal) {
        if (literal.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (V4.matcher(literal).matches()) {
            return Optional.of(Inet4Address.ofLiteral(literal));
        }
        if (!V6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
