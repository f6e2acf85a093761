package dev.lectern.library.catalog;

import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.CollectionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The number of documents with a version in each collection. Searches and answers ask for it each time, and counting takes time that grows with the
 * collection. Thread-safe.
 */
final class SearchableDocumentCounts {
    private final JdbcClient jdbc;
    private final GenerationCache<Long> counts = new GenerationCache<>(0L, this::count);

    SearchableDocumentCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param generations of the collections in question, as they are at present */
    Map<CollectionId, Long> read(Map<CollectionId, Long> generations) {
        return counts.read(generations);
    }

    private Map<CollectionId, Long> count(List<CollectionId> collections) {
        Map<CollectionId, Long> counted = new HashMap<>();
        jdbc.sql("SELECT collection, COUNT(*) FROM document WHERE version > 0 AND collection IN ("
                        + SqlParameters.placeholders(collections.size()) + ") GROUP BY collection")
                .params(collections.stream().map(CollectionId::value).toList())
                .query(row -> {
                    counted.put(new CollectionId(row.getString(1)), row.getLong(2));
                });
        return counted;
    }
}
