package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.IngestionProperties;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Limits how many large documents this node works on at once, to half of its documents: the others have places that become free soon, so no document waits
 * until a large one ends. Thread-safe.
 */
@Component
class LargeDocumentLimit {
    /** Passages without an embedding from which a document is large. */
    static final int PASSAGES = 500;

    private final Semaphore places;

    LargeDocumentLimit(IngestionProperties properties) {
        places = new Semaphore(Math.max(1, properties.documentsAtOnce() / 2));
    }

    int free() {
        return places.availablePermits();
    }

    /** False when there are as many as allowed. */
    boolean tryAcquire() {
        return places.tryAcquire();
    }

    void release() {
        places.release();
    }
}
