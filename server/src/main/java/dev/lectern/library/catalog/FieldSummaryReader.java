package dev.lectern.library.catalog;

import dev.lectern.library.DocumentFields.Field;
import dev.lectern.library.SearchFilter;
import dev.lectern.shared.CollectionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which fields the documents of a collection have, with their most frequent values. The database groups them; only the best are in memory. */
final class FieldSummaryReader {
    private static final int MAX_FIELDS = 50;
    /** Keys beyond it are ignored: no reader makes so many, and front matter can have any. */
    private static final int MAX_KEYS = 5_000;

    private final JdbcClient jdbc;

    FieldSummaryReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Field> read(CollectionId collection) {
        List<FieldSummary> fields = new ArrayList<>();
        fields.add(readTags(collection));
        fields.add(readColumn("language", collection));
        fields.add(readColumn("media_type", collection));
        Map<String, FieldSummary> metadata = readMetadata(collection);
        for (String name : List.of("created", "modified")) {
            FieldSummary dates = metadata.remove(name);
            if (dates != null) {
                fields.add(dates);
            }
        }
        // The field language has it.
        metadata.remove("language");
        List<FieldSummary> others = new ArrayList<>(metadata.values());
        others.sort(Comparator.comparingLong(FieldSummary::documents).reversed().thenComparing(FieldSummary::name));
        fields.addAll(others);
        return fields.stream()
                .filter(field -> field.documents() > 0)
                .limit(MAX_FIELDS)
                .map(FieldSummary::toField)
                .toList();
    }

    private FieldSummary readTags(CollectionId collection) {
        FieldSummary tags = new FieldSummary("tags");
        String all = "(SELECT document, folded, tag FROM document_tag WHERE collection = ?"
                + " UNION SELECT l.document, s.folded, s.tag FROM source_tag s JOIN location l ON l.source = s.source"
                + " WHERE s.collection = ? AND l.document IS NOT NULL) t";
        jdbc.sql("SELECT MIN(tag), COUNT(DISTINCT document) FROM " + all + " GROUP BY folded")
                .params(collection.value(), collection.value())
                .query(row -> {
                    tags.add(row.getString(1), row.getLong(2));
                });
        tags.setDocuments(jdbc.sql("SELECT COUNT(DISTINCT document) FROM " + all)
                .params(collection.value(), collection.value())
                .query(Long.class)
                .single());
        return tags;
    }

    private FieldSummary readColumn(String column, CollectionId collection) {
        FieldSummary values = new FieldSummary(column);
        jdbc.sql("SELECT " + column + ", COUNT(*) FROM document WHERE collection = ? AND " + column
                        + " IS NOT NULL GROUP BY " + column)
                .param(collection.value())
                .query(row -> {
                    values.add(row.getString(1), row.getLong(2));
                    values.addDocuments(row.getLong(2));
                });
        return values;
    }

    private Map<String, FieldSummary> readMetadata(CollectionId collection) {
        Map<String, FieldSummary> fields = new HashMap<>();
        jdbc.sql("SELECT key, MIN(value) AS value, COUNT(*) AS documents,"
                        + " SUM(CASE WHEN ordinal = 0 THEN 1 ELSE 0 END) AS firsts,"
                        + " MIN(day) AS day, MIN(amount) AS amount"
                        + " FROM document_metadata WHERE collection = ? GROUP BY key, folded")
                .param(collection.value())
                .query(row -> {
                    String key = row.getString("key");
                    if (fields.size() < MAX_KEYS || fields.containsKey(key)) {
                        FieldSummary field = fields.computeIfAbsent(key, FieldSummaryReader::summary);
                        field.add(row.getString("value"), row.getLong("documents"));
                        field.addDocuments(row.getLong("firsts"));
                        long day = row.getLong("day");
                        field.addDay(row.wasNull() ? null : day);
                        long amount = row.getLong("amount");
                        field.addAmount(row.wasNull() ? null : amount);
                    }
                });
        return fields;
    }

    private static FieldSummary summary(String key) {
        return new FieldSummary(key.equals("created") || key.equals("modified") ? key : SearchFilter.METADATA + key);
    }
}
