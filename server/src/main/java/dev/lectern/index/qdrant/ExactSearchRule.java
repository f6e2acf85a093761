package dev.lectern.index.qdrant;

import dev.lectern.index.IndexSearchProperties;
import dev.lectern.index.SearchScope;
import dev.lectern.shared.AccessLabels;
import dev.lectern.shared.CollectionId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides whether a search compares every embedding of its scope. The size of a scope is remembered for a short time, so that most searches need no further request: the
 * decision is about speed, and a scope that is about as large as the limit can be searched either way. Thread-safe.
 */
final class ExactSearchRule {
    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final int MAX_SCOPES = 1_000;

    /**
     * What of a scope decides its size, without whose permission it is. A filter can let 100,000 documents through, so the key has only the hash of their set:
     * two sets with the same number of documents and the same hash are next to never searched within ten seconds, and the wrong size would make a search slower
     * or less thorough, not wrong.
     */
    private record ScopeKey(
            Set<CollectionId> collections, AccessLabels labels, int documents, int documentsHash, int excluded) {
        static ScopeKey of(SearchScope scope) {
            return new ScopeKey(
                    scope.collections().ids(),
                    scope.labels(),
                    scope.documents().size(),
                    scope.documents().hashCode(),
                    scope.excluded().size());
        }
    }

    private record Size(long passages, long countedAt) {
        boolean isFresh() {
            return System.nanoTime() - countedAt < MAX_AGE.toNanos();
        }
    }

    private final int exactPassages;
    private final Map<ScopeKey, Size> sizes = new ConcurrentHashMap<>();

    ExactSearchRule(IndexSearchProperties search) {
        this.exactPassages = search.exactPassages();
    }

    /** @param count counts the passages of the scope */
    boolean isExact(SearchScope scope, LongSupplier count) {
        ScopeKey key = ScopeKey.of(scope);
        Size known = sizes.get(key);
        if (known == null || !known.isFresh()) {
            if (sizes.size() >= MAX_SCOPES) {
                sizes.clear();
            }
            known = new Size(count.getAsLong(), System.nanoTime());
            sizes.put(key, known);
        }
        return known.passages() <= exactPassages;
    }
}
