package dev.lectern.configuration;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets in texts by {@code ***}: the values of secret settings wherever they are, and whatever looks like the value of a key, password, token or
 * cookie. Immutable.
 */
final class SecretMask {
    /** Replaces what looks like a secret only. */
    static final SecretMask WITHOUT_VALUES = new SecretMask(List.of());

    private static final String HIDDEN = "***";

    /** Shorter values are words of ordinary lines. */
    private static final int MIN_LENGTH = 6;

    /** Password of an address, such as {@code redis://user:password@host}. A password may contain {@code @}. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(?<=://)([^\\s/:@]*):([^\\s/\"']+)@");

    private static final Pattern PARAMETER = Pattern.compile("(?i)[?&]password=([^&]+)");

    /** Each group 1 stays. */
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?i)\\b((?:bearer|basic) )[\\w.~+/=-]{4,}"),
            Pattern.compile("(?i)((?:api[_-]?key|password|passwd|secret|token)[\"']?=[\"']?)[^\\s&;,\"'})\\]]+"),
            Pattern.compile(
                    "(?i)(\\b(?:proxy-)?(?:authorization|cookie|set-cookie|(?:x-)?(?:goog-)?api-key)[\"']?[:=]\\s*)"
                            + "[^\\r\\n\"\\])}]+"),
            // Secrets of API keys, of which the first characters are shown as a hint.
            Pattern.compile("\\b(lect_[0-9A-Za-z]{4})[0-9A-Za-z]{4,}"),
            Pattern.compile("(\\blectern_[a-z]+_?\\d*=)[^\\s;,\"')\\]}]+"));

    private final List<String> values;

    private SecretMask(List<String> values) {
        this.values = values;
    }

    /** @param secrets values of settings; of addresses only the password is secret */
    static SecretMask of(Collection<String> secrets) {
        Set<String> values = new LinkedHashSet<>();
        secrets.forEach(secret -> addForms(secret, values));
        values.removeIf(value -> value.length() < MIN_LENGTH);
        // A value that is part of another would leave the rest of it.
        return new SecretMask(values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static void addForms(String secret, Set<String> values) {
        if (!secret.contains("://")) {
            addEncoded(secret.strip(), values);
            return;
        }
        Matcher address = IN_ADDRESS.matcher(secret);
        while (address.find()) {
            addEncoded(address.group(2), values);
        }
        Matcher parameter = PARAMETER.matcher(secret);
        while (parameter.find()) {
            addEncoded(parameter.group(1), values);
        }
    }

    /** Also as JSON and as decoded from an address. */
    private static void addEncoded(String value, Set<String> values) {
        values.add(value);
        values.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        if (value.contains("%")) {
            try {
                values.add(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                values.add(value);
            }
        }
    }

    /** The text without secrets. */
    String apply(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, HIDDEN);
        }
        if (masked.contains("://")) {
            masked = IN_ADDRESS.matcher(masked).replaceAll("$1:***@");
        }
        for (Pattern form : FORMS) {
            masked = form.matcher(masked).replaceAll("$1***");
        }
        return masked;
    }

    /** Without values. */
    @Override
    public String toString() {
        return "SecretMask[" + values.size() + "]";
    }
}
