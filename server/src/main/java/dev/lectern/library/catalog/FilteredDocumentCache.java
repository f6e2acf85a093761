package dev.lectern.library.catalog;

import dev.lectern.shared.DocumentId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The results of the last filters, by filter and generations, so that questions with the same filter resolve it once. Bounded by the number of ids. Thread-safe. */
final class FilteredDocumentCache {
    private final int maxDocuments;
    private final Map<String, Set<DocumentId>> results = new LinkedHashMap<>(16, 0.75f, true);
    private long documents;

    /** @param maxDocuments maximum number of ids of all results together; one takes about 100 bytes */
    FilteredDocumentCache(int maxDocuments) {
        this.maxDocuments = maxDocuments;
    }

    /** @param key has the generations, so that a change leads to another key */
    Set<DocumentId> get(String key, Supplier<Set<DocumentId>> resolver) {
        synchronized (results) {
            Set<DocumentId> known = results.get(key);
            if (known != null) {
                return known;
            }
        }
        Set<DocumentId> resolved = resolver.get();
        // A transaction may see changes that are never committed.
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            put(key, resolved);
        }
        return resolved;
    }

    private void put(String key, Set<DocumentId> resolved) {
        synchronized (results) {
            Set<DocumentId> former = results.put(key, resolved);
            documents += weight(resolved) - (former == null ? 0 : weight(former));
            Iterator<Set<DocumentId>> eldest = results.values().iterator();
            while (documents > maxDocuments && eldest.hasNext()) {
                documents -= weight(eldest.next());
                eldest.remove();
            }
        }
    }

    /** An empty result takes memory as well. */
    private static long weight(Set<DocumentId> result) {
        return result.size() + 10L;
    }
}
