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
import java.util.HashMap;
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
 * Embeds each text once, in calls with texts of one document or of a re-embedding: stored embeddings are reused, a text that another document is embedding is waited for, and new embeddings are stored after every few
 * texts, so that a killed process repeats at most those.
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

    /**
     * Blocks until every text has a stored embedding.
     *
     * @param texts by their keys
     * @param context of the model calls. A text that another document is embedding is recorded for that one
     * @throws LecternException whatever the embedder throws; SHUTTING_DOWN when it was cancelled
     */
    public void ensureEmbedded(
            Embedder embedder, Map<String, String> texts, ModelCallContext context, Cancellation cancellation) {
        EmbedderFingerprint fingerprint = embedder.fingerprint();
        Set<String> missing = store.findMissing(fingerprint, texts.keySet());
        while (!missing.isEmpty()) {
            Map<String, CompletableFuture<Void>> claimed = new LinkedHashMap<>();
            Map<String, CompletableFuture<Void>> others = new HashMap<>();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                if (missing.contains(text.getKey())) {
                    CompletableFuture<Void> own = new CompletableFuture<>();
                    CompletableFuture<Void> other = inFlight.putIfAbsent(new TextKey(fingerprint, text.getKey()), own);
                    if (other == null) {
                        claimed.put(text.getKey(), own);
                    } else {
                        others.put(text.getKey(), other);
                    }
                }
            }
            embed(embedder, texts, claimed, context, cancellation);
            others.values().forEach(this::await);
            missing = store.findMissing(fingerprint, texts.keySet());
        }
    }

    private void embed(
            Embedder embedder,
            Map<String, String> texts,
            Map<String, CompletableFuture<Void>> claimed,
            ModelCallContext context,
            Cancellation cancellation) {
        EmbedderFingerprint fingerprint = embedder.fingerprint();
        try {
            // Another thread may have stored one between the query above and the claim.
            Set<String> still = store.findMissing(fingerprint, claimed.keySet());
            Queue<List<String>> calls =
                    new ConcurrentLinkedQueue<>(calls(still.stream().toList()));
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 1; worker < PARALLEL_CALLS && calls.size() > 1; worker++) {
                workers.add(executor.submit(() -> embedCalls(embedder, texts, calls, context, cancellation)));
            }
            try {
                embedCalls(embedder, texts, calls, context, cancellation);
            } finally {
                calls.clear();
                for (Future<?> worker : workers) {
                    join(worker);
                }
            }
        } finally {
            claimed.forEach((key, future) -> {
                inFlight.remove(new TextKey(fingerprint, key));
                future.complete(null);
            });
        }
    }

    private static List<List<String>> calls(List<String> keys) {
        List<List<String>> calls = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += CALL_SIZE) {
            calls.add(keys.subList(from, Math.min(keys.size(), from + CALL_SIZE)));
        }
        return calls;
    }

    private void embedCalls(
            Embedder embedder,
            Map<String, String> texts,
            Queue<List<String>> calls,
            ModelCallContext context,
            Cancellation cancellation) {
        for (List<String> keys = calls.poll(); keys != null; keys = calls.poll()) {
            if (cancellation.isCancelled()) {
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "The work on this document was stopped.");
            }
            List<String> some =
                    keys.stream().map(key -> texts.getOrDefault(key, "")).toList();
            List<float[]> vectors = embedder.embedPassages(some, context, Deadline.in(properties.embedTime(), clock));
            EmbeddingValidator.validate(embedder.fingerprint(), keys.size(), vectors);
            Map<String, float[]> embeddings = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                embeddings.put(keys.get(i), vectors.get(i));
            }
            saver.save(embedder.fingerprint(), embeddings);
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
