package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.MetadataDate;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The fields that stand before a text between two lines {@code ---}, in YAML. Whatever stands there and is no YAML mapping is part of the text.
 *
 * @param title null when no field gives one
 * @param lines the other fields as {@code name: value}, in their order
 * @param metadata the other fields by their names in lower case, with the names and forms that all formats share where they mean the same
 * @param body the text after the fields
 */
record FrontMatter(@Nullable String title, List<String> lines, Map<String, List<String>> metadata, String body) {
    private static final Map<String, String> KEYS = Map.of(
            "authors", "author", "creator", "author", "lang", "language", "locale", "language", "keyword", "keywords");
    private static final Map<String, String> DATES = Map.of(
            "date",
            "created",
            "created",
            "created",
            "published",
            "created",
            "publishdate",
            "created",
            "modified",
            "modified",
            "updated",
            "modified",
            "lastmod",
            "modified",
            "last_modified",
            "modified");
    /** What stands for an author that has fields of its own. */
    private static final List<String> NAMES = List.of("name", "literal");

    private static final int MAX_LENGTH = 1 << 16;

    static FrontMatter of(String text) {
        String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> all = TextLineFunctions.split(start);
        if (all.isEmpty() || !all.getFirst().stripTrailing().equals("---")) {
            return new FrontMatter(null, List.of(), Map.of(), start);
        }
        for (int end = 1; end < all.size(); end++) {
            String line = all.get(end).stripTrailing();
            if (line.equals("---") || line.equals("...")) {
                Map<?, ?> fields = parse(String.join("\n", all.subList(1, end)));
                return fields == null
                        ? new FrontMatter(null, List.of(), Map.of(), withRule(all, end))
                        : of(fields, String.join("\n", all.subList(end + 1, all.size())));
            }
        }
        return new FrontMatter(null, List.of(), Map.of(), start);
    }

    /** The closing line stays a rule: right below a paragraph it would make the whole letterhead a heading. */
    private static String withRule(List<String> all, int end) {
        List<String> lines = new ArrayList<>(all);
        lines.add(end, "");
        return String.join("\n", lines);
    }

    private static FrontMatter of(Map<?, ?> fields, String body) {
        String title = null;
        List<String> lines = new ArrayList<>();
        Map<String, List<String>> metadata = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (String.valueOf(field.getKey()).equalsIgnoreCase("title") && field.getValue() instanceof String own) {
                title = own;
            } else {
                addMetadata(String.valueOf(field.getKey()), field.getValue(), metadata);
                addLines(String.valueOf(field.getKey()), field.getValue(), lines);
            }
        }
        return new FrontMatter(title, lines, metadata, body);
    }

    /** Adds the fields as text, since a person reads them, and as metadata. */
    void addTo(ParsedDocumentBuilder out) {
        lines.forEach(out::paragraph);
        metadata.forEach((name, values) -> values.forEach(value -> out.metadata(name, value)));
    }

    private static void addMetadata(String name, @Nullable Object value, Map<String, List<String>> metadata) {
        switch (value) {
            case null -> {
                // Says nothing.
            }
            case List<?> values -> values.forEach(one -> addMetadata(name, one, metadata));
            case Map<?, ?> fields
            when NAMES.stream().anyMatch(fields::containsKey) ->
                NAMES.stream()
                        .filter(fields::containsKey)
                        .limit(1)
                        .forEach(key -> addMetadata(name, fields.get(key), metadata));
            case Map<?, ?> fields -> fields.forEach((key, one) -> addMetadata(name + "." + key, one, metadata));
            default -> addValue(name.toLowerCase(Locale.ROOT), String.valueOf(value), metadata);
        }
    }

    private static void addValue(String name, String value, Map<String, List<String>> metadata) {
        String date = DATES.containsKey(name) ? MetadataDate.parse(value) : null;
        String key = date == null ? KEYS.getOrDefault(name, name) : DATES.getOrDefault(name, name);
        metadata.computeIfAbsent(key, one -> new ArrayList<>()).add(date == null ? value : date);
    }

    private static void addLines(String name, @Nullable Object value, List<String> lines) {
        if (value instanceof Map<?, ?> inner) {
            inner.forEach((key, one) -> addLines(name + "." + key, one, lines));
        } else {
            String shown = describe(value);
            if (!shown.isBlank()) {
                lines.add(name + ": " + shown);
            }
        }
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case List<?> values -> values.stream().map(FrontMatter::describe).collect(Collectors.joining(", "));
            case Map<?, ?> fields ->
                fields.entrySet().stream()
                        .map(field -> field.getKey() + ": " + describe(field.getValue()))
                        .collect(Collectors.joining("; "));
            default -> String.valueOf(value);
        };
    }

    /** @return null when the text is no YAML mapping */
    private static @Nullable Map<?, ?> parse(String yaml) {
        if (yaml.length() > MAX_LENGTH) {
            return null;
        }
        try {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(20);
            options.setNestingDepthLimit(20);
            DumperOptions dumper = new DumperOptions();
            Object read = new Yaml(
                            new SafeConstructor(options), new Representer(dumper), dumper, options, new TextResolver())
                    .load(yaml);
            return read instanceof Map<?, ?> fields ? fields : null;
        } catch (YAMLException noYaml) {
            return null;
        }
    }

    /** Leaves numbers, dates and truth values as they were written. */
    private static final class TextResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
