package dev.lectern.ingestion.pipeline;

import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Stores the embeddings of several documents in one transaction (group commit): while one thread stores, the embeddings of the others are collected, and
 * the next thread stores all of them. A transaction costs a disk flush, which would dominate the time of small documents.
 */
@Component
class EmbeddingBatchWriter {
    private final EmbeddingRepository store;
    private final ReentrantLock storing = new ReentrantLock();
    private final Object lock = new Object();
    private Batch collecting = new Batch();

    EmbeddingBatchWriter(EmbeddingRepository store) {
        this.store = store;
    }

    private static final class Batch {
        private final Map<EmbedderFingerprint, Map<String, float[]>> embeddings = new HashMap<>();
        private final CompletableFuture<Void> stored = new CompletableFuture<>();
    }

    /** Stores the embeddings; they are durable when it returns. */
    void save(EmbedderFingerprint embedder, Map<String, float[]> embeddings) {
        Batch mine;
        synchronized (lock) {
            mine = collecting;
            mine.embeddings.computeIfAbsent(embedder, key -> new HashMap<>()).putAll(embeddings);
        }
        storing.lock();
        try {
            if (!mine.stored.isDone()) {
                storeCollected();
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

    private void storeCollected() {
        Batch batch;
        synchronized (lock) {
            batch = collecting;
            collecting = new Batch();
        }
        try {
            batch.embeddings.forEach(store::save);
            batch.stored.complete(null);
        } catch (RuntimeException e) {
            batch.stored.completeExceptionally(e);
        }
    }
}
