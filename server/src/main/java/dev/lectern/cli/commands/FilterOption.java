package dev.lectern.cli.commands;

import dev.lectern.library.SearchFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --filter} of commands that search. The server checks fields and values. */
final class FilterOption {
    private static final String FROM_TO = "..";

    @Option(
            names = "--filter",
            paramLabel = "FIELD=VALUE",
            description = "Search only documents with this value, as tags=contract or metadata.author=\"Ann Lee\"; several"
                    + " values as tags=a,b (a comma within a value is written \\,); dates and numbers also as"
                    + " created=2025-01-01..2025-12-31. Can be repeated: documents must meet all.")
    private List<String> conditions = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Adds the filter to the body of a request, if there is one. */
    void addTo(Map<String, Object> body) {
        if (!conditions.isEmpty()) {
            List<Map<String, Object>> all = new ArrayList<>();
            conditions.forEach(condition -> all.add(parse(condition)));
            body.put("filter", Map.of("all", all));
        }
    }

    private Map<String, Object> parse(String condition) {
        int end = condition.indexOf('=');
        if (end < 1 || end == condition.length() - 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The filter " + condition + " has no field or no value. Write it as FIELD=VALUE, such as tags=contract.");
        }
        Map<String, Object> parsed = new LinkedHashMap<>();
        String field = condition.substring(0, end).strip();
        String value = condition.substring(end + 1);
        parsed.put("field", field);
        int range = value.indexOf(FROM_TO);
        if (range >= 0 && hasRanges(field)) {
            putIfPresent(parsed, "from", value.substring(0, range));
            putIfPresent(parsed, "to", value.substring(range + FROM_TO.length()));
        } else {
            parsed.put(
                    "anyOf",
                    Stream.of(value.split("(?<!\\\\),", -1))
                            .map(one -> one.replace("\\,", ","))
                            .toList());
        }
        return parsed;
    }

    /** Titles and addresses may contain two dots. */
    private static boolean hasRanges(String field) {
        return field.equals("created") || field.equals("modified") || field.startsWith(SearchFilter.METADATA);
    }

    private static void putIfPresent(Map<String, Object> parsed, String name, String value) {
        if (!value.isBlank()) {
            parsed.put(name, value.strip());
        }
    }
}
