package dev.lectern.library.catalog;

import dev.lectern.library.DocumentStatus;
import dev.lectern.library.Documents;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The numbers of documents by status, counted at most every three seconds. Thread-safe. */
@Component
class CachedDocumentCounts {
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Documents documents;
    private Map<DocumentStatus, Long> counts = Map.of();
    private long countedAt;

    CachedDocumentCounts(Documents documents) {
        this.documents = documents;
    }

    long count(DocumentStatus status) {
        return all().getOrDefault(status, 0L);
    }

    synchronized Map<DocumentStatus, Long> all() {
        if (counts.isEmpty() || System.nanoTime() - countedAt > MAX_AGE_NANOS) {
            counts = documents.counts();
            countedAt = System.nanoTime();
        }
        return counts;
    }
}
