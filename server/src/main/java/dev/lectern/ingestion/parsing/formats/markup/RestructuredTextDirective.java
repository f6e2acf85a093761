package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A directive of reStructuredText.
 *
 * @param argument lines from the first one to the first option or blank line, without the empty ones
 * @param content lines behind them
 */
record RestructuredTextDirective(
        String name, List<String> argument, Map<String, String> options, List<String> content) {
    private static final Pattern START =
            Pattern.compile("\\.\\. (?:\\|[^|]{1,200}\\| )?(\\w[\\w:+.-]{0,80}) ?::(?: +(.*))?");
    private static final Pattern OPTION = Pattern.compile(":([\\w-]{1,60}):(?: +(.*))?");

    /** @return null when the line begins none */
    static @Nullable RestructuredTextDirective of(String line, List<String> indented) {
        Matcher start = START.matcher(line.stripTrailing());
        if (!start.matches()) {
            return null;
        }
        List<String> body = TextLineFunctions.dedent(indented);
        List<String> argument = new ArrayList<>();
        if (start.group(2) != null && !start.group(2).isBlank()) {
            argument.add(start.group(2).strip());
        }
        Map<String, String> options = new HashMap<>();
        int at = 0;
        while (at < body.size()
                && !body.get(at).isBlank()
                && !OPTION.matcher(body.get(at)).matches()) {
            argument.add(body.get(at++));
        }
        String last = null;
        while (at < body.size() && !body.get(at).isBlank()) {
            Matcher option = OPTION.matcher(body.get(at));
            if (option.matches()) {
                last = option.group(1);
                options.put(last, option.group(2) == null ? "" : option.group(2).strip());
            } else if (last != null && TextLineFunctions.indentOf(body.get(at)) > 0) {
                options.merge(last, body.get(at).strip(), (one, other) -> one + "\n" + other);
            } else {
                break;
            }
            at++;
        }
        return new RestructuredTextDirective(
                start.group(1).toLowerCase(Locale.ROOT), argument, options, body.subList(at, body.size()));
    }

    /** Argument and content of a directive whose argument is the beginning of its text. */
    List<String> text() {
        List<String> all = new ArrayList<>(argument);
        if (!options.isEmpty() && !all.isEmpty()) {
            all.add("");
        }
        all.addAll(content);
        return all;
    }

    /** The argument in one line. */
    String title() {
        return String.join(" ", argument).strip();
    }

    /** @return empty when the option is missing */
    String option(String option) {
        return options.getOrDefault(option, "");
    }

    /** @return 0 when the option is missing or no number */
    int number(String option) {
        String value = option(option);
        return value.length() < 5 && !value.isEmpty() && value.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(value)
                : 0;
    }
}
