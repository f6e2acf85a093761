package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayList;
import java.util.List;
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
 * @param body the text after the fields
 */
record FrontMatter(@Nullable String title, List<String> lines, String body) {
    private static final int MAX_LENGTH = 1 << 16;

    static FrontMatter of(String text) {
        String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> all = TextLineFunctions.split(start);
        if (all.isEmpty() || !all.getFirst().stripTrailing().equals("---")) {
            return new FrontMatter(null, List.of(), start);
        }
        for (int end = 1; end < all.size(); end++) {
            String line = all.get(end).stripTrailing();
            if (line.equals("---") || line.equals("...")) {
                Map<?, ?> fields = parse(String.join("\n", all.subList(1, end)));
                return fields == null
                        ? new FrontMatter(null, List.of(), start)
                        : of(fields, String.join("\n", all.subList(end + 1, all.size())));
            }
        }
        return new FrontMatter(null, List.of(), start);
    }

    private static FrontMatter of(Map<?, ?> fields, String body) {
        String title = null;
        List<String> lines = new ArrayList<>();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (String.valueOf(field.getKey()).equalsIgnoreCase("title") && field.getValue() instanceof String own) {
                title = own;
            } else {
                addLines(String.valueOf(field.getKey()), field.getValue(), lines);
            }
        }
        return new FrontMatter(title, lines, body);
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
