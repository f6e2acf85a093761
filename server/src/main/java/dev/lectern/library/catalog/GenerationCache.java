package dev.lectern.library.catalog;

import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.CollectionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A value of each collection that every search and answer asks for, and that is read again only when the collection's generation has changed. Thread-safe.
 *
 * @param <V> immutable
 */
final class GenerationCache<V> {
    /** More than there are collections at a time; beyond it are those of deleted ones. */
    private static final int MAX_ENTRIES = 2_000;

    private final V none;
    private final Function<List<CollectionId>, Map<CollectionId, V>> reader;
    private final Map<CollectionId, Entry<V>> entries = new ConcurrentHashMap<>();

    /**
     * @param none the value of a collection that {@code reader} leaves out
     * @param reader reads the values of at most {@link SqlParameters#MAX_PARAMETERS} collections
     */
    GenerationCache(V none, Function<List<CollectionId>, Map<CollectionId, V>> reader) {
        this.none = none;
        this.reader = reader;
    }

    /** @param generation that was read before the value, so that a later one leads to another read */
    private record Entry<V>(long generation, V value) {}

    /** @param generations of the collections in question, as they are at present */
    Map<CollectionId, V> read(Map<CollectionId, Long> generations) {
        Map<CollectionId, V> known = new HashMap<>();
        generations.forEach((collection, generation) -> {
            Entry<V> entry = entries.get(collection);
            if (entry != null && entry.generation() == generation) {
                known.put(collection, entry.value());
            }
        });
        List<CollectionId> changed = generations.keySet().stream()
                .filter(collection -> !known.containsKey(collection))
                .toList();
        for (List<CollectionId> some : SqlParameters.split(changed)) {
            Map<CollectionId, V> read = reader.apply(some);
            some.forEach(collection -> known.put(collection, read.getOrDefault(collection, none)));
        }
        // A transaction may see changes that are never committed.
        if (!changed.isEmpty() && !TransactionSynchronizationManager.isActualTransactionActive()) {
            store(changed, generations, known);
        }
        return known;
    }

    private void store(List<CollectionId> changed, Map<CollectionId, Long> generations, Map<CollectionId, V> values) {
        if (entries.size() > MAX_ENTRIES) {
            entries.clear();
        }
        changed.forEach(collection -> entries.put(
                collection,
                new Entry<>(generations.getOrDefault(collection, 0L), values.getOrDefault(collection, none))));
    }
}
