package dev.lectern.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strict parser of the lists of RFC 9651, section 4.2, as far as strings, integers, tokens and booleans go: whatever the RFC tells a parser to fail for, it
 * fails for.
 */
public final class StructuredFields {
    private static final Pattern STRING = Pattern.compile("\"(?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*\"");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}(?![0-9.])");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*");
    private static final Pattern BOOLEAN = Pattern.compile("\\?[01]");
    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*,[ \\t]*");

    private final String text;
    private int at;

    private StructuredFields(String text) {
        this.text = text;
    }

    /** An item with its parameters in order. Values are {@link String} (strings), {@link Long}, {@link Boolean}, or {@link Token}. */
    public record Item(Object value, Map<String, Object> parameters) {}

    /** A token. */
    public record Token(String text) {}

    /** @throws IllegalArgumentException for what is no such list */
    public static List<Item> parseList(String field) {
        return new StructuredFields(field).list();
    }

    private List<Item> list() {
        skipSpaces();
        List<Item> items = new ArrayList<>();
        while (at < text.length()) {
            items.add(new Item(bareItem(), parameters()));
            int end = at;
            skipSpaces();
            if (at == text.length()) {
                return items;
            }
            at = end;
            if (find(SEPARATOR) == null || at == text.length()) {
                throw failure("a comma and another item");
            }
        }
        return items;
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            skipSpaces();
            String key = find(KEY);
            if (key == null) {
                throw failure("a key");
            }
            Object value = true;
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                value = bareItem();
            }
            parameters.put(key, value);
        }
        return parameters;
    }

    private Object bareItem() {
        String string = find(STRING);
        if (string != null) {
            return string.substring(1, string.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        String integer = find(INTEGER);
        if (integer != null) {
            return Long.valueOf(integer);
        }
        String bool = find(BOOLEAN);
        if (bool != null) {
            return bool.equals("?1");
        }
        String token = find(TOKEN);
        if (token != null) {
            return new Token(token);
        }
        throw failure("a string, an integer, a boolean or a token");
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private @Nullable String find(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher.group();
    }

    private IllegalArgumentException failure(String expected) {
        return new IllegalArgumentException("Expected " + expected + " at " + at + " of: " + text);
    }
}
