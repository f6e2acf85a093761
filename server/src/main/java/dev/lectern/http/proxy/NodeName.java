package dev.lectern.http.proxy;

import dev.lectern.http.IpAddressParser;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of forwarding headers. Each method returns null for a value that is not what it has to be. */
final class NodeName {
    private static final Pattern NODE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::(?:\\d{1,5}|_[\\w.-]+))?");
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._-]{0,252}[\\p{L}\\p{N}.])?|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
    private static final int MAX_PORT = 65_535;

    private NodeName() {}

    /** The address of a node, with or without a port: {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code 2001:db8::1}, {@code [2001:db8::1]:4711}. */
    static @Nullable InetAddress address(String text) {
        Matcher node = NODE.matcher(text);
        String literal = !node.matches() ? text : node.group(1) != null ? node.group(1) : node.group(2);
        return IpAddressParser.parse(literal).orElse(null);
    }

    static @Nullable String scheme(String text) {
        String scheme = text.toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https") ? scheme : null;
    }

    /** A host name or an IP address, with or without a port. */
    static @Nullable String authority(String text) {
        Matcher matcher = AUTHORITY.matcher(text);
        return matcher.matches() && (matcher.group(1) == null || port(matcher.group(1)) != null)
                ? text.toLowerCase(Locale.ROOT)
                : null;
    }

    static @Nullable Integer port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return null;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= MAX_PORT ? port : null;
    }
}
