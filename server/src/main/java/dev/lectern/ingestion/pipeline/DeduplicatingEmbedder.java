package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.models.Embedder;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Embeds each text once, in calls with texts of one document or of a re-embedding: stored embeddings are reused, a text that another document is embedding
 * is waited for, and new embeddings are stored after every few texts, so that a killed process repeats at most those. A document claims only the texts of
 * its present calls: so another one that shares a text with a large document never waits for more than one call of it.
 */
@Component
public class DeduplicatingEmbedder {
    /** Texts of one call; small, since they are what a kill loses. */
    private static final int CALL_SIZE = 16;

    /** Calls of one document at a time: while one stores its embeddings the other keeps the cores busy. */
    private static final int PARALLEL_CALLS = 2;

    private final EmbeddingRepository store;
    private final EmbeddingBatchWriter saver;
    private final ExecutorService executor;
    private final IngestionProperties properties;
    private final InstantSource clock;
    private final Map<TextKey, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();

    DeduplicatingEmbedder(
            EmbeddingRepository store,
            EmbeddingBatchWriter saver,
            ExecutorService applicationExecutor,
            IngestionProperties properties,
            InstantSource clock) {
        this.store = store;
        this.saver = saver;
        this.executor = applicationExecutor;
        this.properties = properties;
        this.clock = clock;
    }

    private record TextKey(EmbedderFingerprint embedder, String key) {}

    /** Is told which texts have a stored embedding now; called by several threads, for each key once. */
    @FunctionalInterface
    interface Listener {
        /** @param calculated how many of the embeddings were calculated for this document; the others were found */
        void recordStored(Collection<String> keys, int calculated);
    }

    /** As {@link #ensureEmbedded(Embedder, Map, ModelCallContext, Cancellation, Listener)}, without a listener. */
    public void ensureEmbedded(
            Embedder embedder, Map<String, String> texts, ModelCallContext context, Cancellation cancellation) {
        ensureEmbedded(embedder, texts, context, cancellation, (keys, calculated) -> {});
    }

    /**
     * Blocks until every text has a stored embedding.
     *
     * @param texts by their keys
     * @param context of the model calls. A text that another document is embedding is recorded for that one
     * @throws LecternException whatever the embedder throws; SHUTTING_DOWN when it was cancelled
     */
    void ensureEmbedded(
            Embedder embedder,
            Map<String, String> texts,
            ModelCallContext context,
            Cancellation cancellation,
            Listener listener) {
        Work work = new Work(embedder, texts, context, cancellation, listener, new HashSet<>(texts.keySet()));
        Set<String> missing = findMissing(work, texts.keySet());
        while (!missing.isEmpty()) {
            embed(work, missing).forEach(this::await);
            missing = findMissing(work, missing);
        }
    }

    /** @param unreported keys that the listener was not told about; its monitor guards it */
    private record Work(
            Embedder embedder,
            Map<String, String> texts,
            ModelCallContext context,
            Cancellation cancellation,
            Listener listener,
            Set<String> unreported) {

        void recordStored(Collection<String> keys, int calculated) {
            List<String> news;
            synchronized (unreported) {
                news = keys.stream().filter(unreported::remove).toList();
            }
            if (!news.isEmpty()) {
                listener.recordStored(news, calculated);
            }
        }
    }

    private Set<String> findMissing(Work work, Collection<String> keys) {
        Set<String> missing = store.findMissing(work.embedder().fingerprint(), keys);
        work.recordStored(keys.stream().filter(key -> !missing.contains(key)).toList(), 0);
        return missing;
    }

    /** Embeds the missing texts in their order, except those that others are embedding, whose ends it returns. */
    private Queue<CompletableFuture<Void>> embed(Work work, Set<String> missing) {
        Queue<List<String>> calls = new ConcurrentLinkedQueue<>(
                calls(work.texts().keySet().stream().filter(missing::contains).toList()));
        Queue<CompletableFuture<Void>> others = new ConcurrentLinkedQueue<>();
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 1; worker < PARALLEL_CALLS && calls.size() > 1; worker++) {
            workers.add(executor.submit(() -> embedCalls(work, calls, others)));
        }
        try {
            embedCalls(work, calls, others);
            workers.forEach(DeduplicatingEmbedder::join);
        } finally {
            // Without this, a call of a model that does not respond would outlive the document that was stopped.
            calls.clear();
            workers.forEach(worker -> worker.cancel(true));
        }
        return others;
    }

    private static List<List<String>> calls(List<String> keys) {
        List<List<String>> calls = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += CALL_SIZE) {
            calls.add(keys.subList(from, Math.min(keys.size(), from + CALL_SIZE)));
        }
        return calls;
    }

    private void embedCalls(Work work, Queue<List<String>> calls, Queue<CompletableFuture<Void>> others) {
        for (List<String> keys = calls.poll(); keys != null; keys = calls.poll()) {
            if (work.cancellation().isCancelled()) {
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "The work on this document was stopped.");
            }
            embedUnclaimed(work, keys, others);
        }
    }

    private void embedUnclaimed(Work work, List<String> keys, Queue<CompletableFuture<Void>> others) {
        EmbedderFingerprint fingerprint = work.embedder().fingerprint();
        Map<String, CompletableFuture<Void>> claimed = new LinkedHashMap<>();
        for (String key : keys) {
            CompletableFuture<Void> own = new CompletableFuture<>();
            CompletableFuture<Void> other = inFlight.putIfAbsent(new TextKey(fingerprint, key), own);
            if (other == null) {
                claimed.put(key, own);
            } else {
                others.add(other);
            }
        }
        try {
            // Another document may have stored one since this one has looked.
            Set<String> missing = store.findMissing(fingerprint, claimed.keySet());
            if (!missing.isEmpty()) {
                embedCall(
                        work,
                        claimed.keySet().stream().filter(missing::contains).toList());
            }
            work.recordStored(claimed.keySet(), missing.size());
        } finally {
            claimed.forEach((key, future) -> {
                inFlight.remove(new TextKey(fingerprint, key));
                future.complete(null);
            });
        }
    }

    private void embedCall(Work work, List<String> keys) {
        Embedder embedder = work.embedder();
        List<String> texts =
                keys.stream().map(key -> work.texts().getOrDefault(key, "")).toList();
        List<float[]> vectors =
                embedder.embedPassages(texts, work.context(), Deadline.in(properties.embedTime(), clock));
        EmbeddingValidator.validate(embedder.fingerprint(), keys.size(), vectors);
        Map<String, float[]> embeddings = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            embeddings.put(keys.get(i), vectors.get(i));
        }
        // What was paid for is stored even if the document is stopped meanwhile: an interrupt would break the write.
        try {
            CompletableFuture.runAsync(() -> saver.save(embedder.fingerprint(), embeddings), executor)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /** Waits until another document has embedded a text, or failed to; the caller looks into the store afterwards. */
    private void await(CompletableFuture<Void> other) {
        try {
            other.get(properties.embedTime().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "Embedding was interrupted. Retry the job.", e);
        } catch (TimeoutException e) {
            throw new LecternException(
                    ErrorCode.DEADLINE_EXCEEDED, "The embedding of a passage took too long. Retry the job.", e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    private static void join(Future<?> worker) {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "Embedding was interrupted. Retry the job.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new CompletionException(e.getCause());
        }
    }
}
