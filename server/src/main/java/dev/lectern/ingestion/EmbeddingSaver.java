package dev.lectern.ingestion;

import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Stores the embeddings of several documents in one transaction: who comes while another stores waits, and the next to store takes all that waits
 * along. A transaction costs a turn of the disk, and small documents would spend their time on that.
 */
@Component
class EmbeddingSaver {
    private final EmbeddingRepository store;
    private final ReentrantLock storing = new ReentrantLock();
    private final Object gate = new Object();
    private Group waiting = new Group();

    EmbeddingSaver(EmbeddingRepository store) {
        this.store = store;
    }

    private static final class Group {
        private final Map<EmbedderFingerprint, Map<String, float[]>> embeddings = new HashMap<>();
        private final CompletableFuture<Void> stored = new CompletableFuture<>();
    }

    /** Durable when it returns. */
    void save(EmbedderFingerprint embedder, Map<String, float[]> embeddings) {
        Group mine;
        synchronized (gate) {
            mine = waiting;
            mine.embeddings.computeIfAbsent(embedder, key -> new HashMap<>()).putAll(embeddings);
        }
        storing.lock();
        try {
            if (!mine.stored.isDone()) {
                store();
            }
        } finally {
            storing.unlock();
        }
        try {
            mine.stored.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private void store() {
        Group group;
        synchronized (gate) {
            group = waiting;
            waiting = new Group();
        }
        try {
            group.embeddings.forEach(store::save);
            group.stored.complete(null);
        } catch (RuntimeException e) {
            group.stored.completeExceptionally(e);
        }
    }
}
