package dev.lectern.http.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Forwarded} (RFC 7239). */
final class ForwardedHeader {
    static final String NAME = "Forwarded";

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    private ForwardedHeader(String text) {
        this.text = text;
    }

    /**
     * What trusted proxies say: the elements are read from right to left, up to the first one whose {@code for} is no trusted proxy, or is hidden or
     * malformed. If the header is not well-formed, nothing is believed: a quotation mark that a client left open could swallow what a proxy has added.
     *
     * @param lines the values of the header, in the order of the request
     */
    static ForwardedValues read(List<String> lines, Predicate<InetAddress> isTrusted) {
        List<Map<String, String>> elements = new ArrayList<>();
        for (String line : lines) {
            Optional<List<Map<String, String>>> parsed = parse(line);
            if (parsed.isEmpty()) {
                return ForwardedValues.NONE;
            }
            elements.addAll(parsed.get());
        }
        ForwardedValues.Walk walk = new ForwardedValues.Walk(isTrusted);
        String scheme = null;
        String authority = null;
        boolean trusted = true;
        for (Map<String, String> element : elements.reversed()) {
            if (!trusted) {
                break;
            }
            scheme = read(element.get("proto"), NodeName::scheme, scheme);
            authority = read(element.get("host"), NodeName::authority, authority);
            trusted = walk.proceed(read(element.get("for"), NodeName::address, null));
        }
        return new ForwardedValues(walk.client(), scheme, authority, null, null);
    }

    /** The elements from left to right, with parameters by their lower-case names; empty when the value is not well-formed. */
    static Optional<List<Map<String, String>>> parse(String line) {
        ForwardedHeader header = new ForwardedHeader(line);
        List<Map<String, String>> elements = new ArrayList<>();
        do {
            Map<String, String> element = header.element();
            if (element == null) {
                return Optional.empty();
            }
            if (!element.isEmpty()) {
                elements.add(element);
            }
        } while (header.skip(','));
        return header.at == line.length() ? Optional.of(elements) : Optional.empty();
    }

    private @Nullable Map<String, String> element() {
        Map<String, String> parameters = new HashMap<>();
        do {
            skipSpaces();
            String name = token().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                String value = skip('=') ? value() : null;
                if (value == null || parameters.put(name, value) != null) {
                    return null;
                }
            }
            skipSpaces();
        } while (skip(';'));
        return parameters;
    }

    /** Null when it is neither a token nor a closed quoted string. */
    private @Nullable String value() {
        if (!skip('"')) {
            String token = token();
            return token.isEmpty() ? null : token;
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return value.toString();
            }
            if (next == '\\') {
                if (at == text.length()) {
                    return null;
                }
                next = text.charAt(at++);
            }
            value.append(next);
        }
        return null;
    }

    private String token() {
        int start = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean skip(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static <T> @Nullable T read(
            @Nullable String value, Function<String, @Nullable T> reader, @Nullable T otherwise) {
        T read = value == null ? null : reader.apply(value);
        return read == null ? otherwise : read;
    }
}
