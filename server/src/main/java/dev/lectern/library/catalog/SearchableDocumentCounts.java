package dev.lectern.library.catalog;

import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.CollectionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The number of documents with a version in each collection. Searches and answers ask for it each time, and counting takes time that grows with the
 * collection; so it is counted again only when the collection's generation has changed. Thread-safe.
 */
final class SearchableDocumentCounts {
    /** More than there are collections at a time; beyond it are those of deleted ones. */
    private static final int MAX_ENTRIES = 2_000;

    private final JdbcClient jdbc;
    private final Map<CollectionId, Count> counts = new ConcurrentHashMap<>();

    SearchableDocumentCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param generation that was read before the documents were counted, so that a later one leads to another count */
    private record Count(long generation, long documents) {}

    /** @param generations of the collections in question, as they are at present */
    Map<CollectionId, Long> read(Map<CollectionId, Long> generations) {
        Map<CollectionId, Long> known = new HashMap<>();
        generations.forEach((collection, generation) -> {
            Count count = counts.get(collection);
            if (count != null && count.generation() == generation) {
                known.put(collection, count.documents());
            }
        });
        List<CollectionId> changed = generations.keySet().stream()
                .filter(collection -> !known.containsKey(collection))
                .toList();
        for (List<CollectionId> some : SqlParameters.split(changed)) {
            Map<CollectionId, Long> counted = count(some);
            some.forEach(collection -> known.put(collection, counted.getOrDefault(collection, 0L)));
        }
        // A transaction may see changes that are never committed.
        if (!changed.isEmpty() && !TransactionSynchronizationManager.isActualTransactionActive()) {
            store(changed, generations, known);
        }
        return known;
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

    private void store(
            List<CollectionId> changed, Map<CollectionId, Long> generations, Map<CollectionId, Long> documents) {
        if (counts.size() > MAX_ENTRIES) {
            counts.clear();
        }
        changed.forEach(collection -> counts.put(
                collection,
                new Count(generations.getOrDefault(collection, 0L), documents.getOrDefault(collection, 0L))));
    }
}
