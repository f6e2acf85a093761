package dev.lectern.library.update;

import dev.lectern.library.DocumentLanguage;
import dev.lectern.library.FieldValue;
import dev.lectern.text.VisibleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what a new version says about itself, in the transaction that makes it the present one. */
@Component
class MetadataWriter {
    /** The parser process makes no more; plain texts and later parsers are bounded here. */
    private static final int MAX_KEYS = 100;

    private static final int MAX_VALUES = 50;
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_KEY_LENGTH = 100;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    MetadataWriter(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void write(NewVersion version) {
        String id = version.document().id().value();
        jdbc.sql("DELETE FROM document_metadata WHERE document = ?").param(id).update();
        List<Object[]> rows = new ArrayList<>();
        normalize(version.document().metadata()).forEach((key, values) -> {
            for (int ordinal = 0; ordinal < values.size(); ordinal++) {
                rows.add(row(version, key, ordinal, values.get(ordinal)));
            }
        });
        if (!rows.isEmpty()) {
            batches.batchUpdate(
                    "INSERT INTO document_metadata (document, key, ordinal, collection, value, folded, day, at, amount)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    rows);
        }
        jdbc.sql("UPDATE document SET language = ?, file_modified_at ="
                        + " (SELECT NULLIF(MAX(modified_at), 0) FROM location WHERE document = ?) WHERE id = ?")
                .param(language(version.document()))
                .param(id)
                .param(id)
                .update();
    }

    private static Object[] row(NewVersion version, String key, int ordinal, String text) {
        FieldValue value = FieldValue.of(text);
        List<@Nullable Object> row = new ArrayList<>();
        row.add(version.document().id().value());
        row.add(key);
        row.add(ordinal);
        row.add(version.collection().value());
        row.add(text);
        row.add(value.folded());
        row.add(value.day());
        row.add(value.instant());
        row.add(value.amount());
        return row.toArray();
    }

    /** Keys in lower case, and values without what nobody sees. Values that are equal without case are one. */
    static Map<String, List<String>> normalize(Map<String, List<String>> metadata) {
        Map<String, Map<String, String>> normalized = new HashMap<>();
        metadata.forEach((key, values) -> {
            String name = cut(VisibleText.toName(key).toLowerCase(Locale.ROOT), MAX_KEY_LENGTH);
            if (name.isEmpty() || (normalized.size() >= MAX_KEYS && !normalized.containsKey(name))) {
                return;
            }
            for (String value : values) {
                String text = cut(VisibleText.toName(value), MAX_LENGTH);
                Map<String, String> known = normalized.computeIfAbsent(name, one -> new LinkedHashMap<>());
                if (!text.isEmpty() && known.size() < MAX_VALUES) {
                    known.putIfAbsent(FieldValue.fold(text), text);
                }
            }
        });
        Map<String, List<String>> texts = new HashMap<>();
        normalized.forEach((name, values) -> texts.put(name, List.copyOf(values.values())));
        return texts;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static @Nullable String language(PreparedDocument document) {
        Map<String, Long> lengths = new HashMap<>();
        document.passages()
                .forEach(passage ->
                        lengths.merge(passage.language(), (long) passage.end() - passage.start(), Long::sum));
        return DocumentLanguage.of(document.metadata().getOrDefault("language", List.of()), lengths);
    }
}
