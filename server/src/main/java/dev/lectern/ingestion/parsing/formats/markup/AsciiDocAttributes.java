package dev.lectern.ingestion.parsing.formats.markup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attributes of a block of AsciiDoc: {@code [style%option,position,name="value"]}. */
final class AsciiDocAttributes {
    private static final Pattern NAMED = Pattern.compile("\\s*([\\w-]{1,60})\\s*=\\s*(.*)", Pattern.DOTALL);

    private final List<String> positions = new ArrayList<>();
    private final Map<String, String> named = new HashMap<>();

    /** @param text within the brackets */
    void add(String text) {
        for (String part : split(text)) {
            Matcher name = NAMED.matcher(part);
            if (name.matches()) {
                named.put(name.group(1).toLowerCase(Locale.ROOT), unquote(name.group(2)));
            } else {
                positions.add(unquote(part));
            }
        }
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            quoted ^= text.charAt(at) == '"';
            if (text.charAt(at) == ',' && !quoted) {
                parts.add(text.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String unquote(String value) {
        String bare = value.strip();
        boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    /** The style in lower case without options, roles and id; empty when there is none. */
    String style() {
        return positions.isEmpty()
                ? ""
                : positions.getFirst().split("[%.#]", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** An attribute without a name, from 1; empty when it is missing. */
    String position(int number) {
        return number <= positions.size() ? positions.get(number - 1) : "";
    }

    /** @return empty when it is missing */
    String named(String name) {
        return named.getOrDefault(name, "");
    }

    boolean hasOption(String option) {
        String options = named("options") + "," + named("opts");
        return Arrays.asList(options.split(",", -1)).contains(option)
                || (!positions.isEmpty()
                        && Arrays.asList(positions.getFirst().split("[%.#]", -1))
                                .contains(option));
    }
}
