package dev.lectern.ingestion;

import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.models.Embedder;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
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
 * Embeds texts that nobody embedded before: what is stored is taken from there, what another document waits for is waited for, and the rest is stored
 * after every few texts, so that a killed process pays for no more than those again.
 */
@Component
public class Embedding {
    /** Texts of one call; small, since they are what a kill loses. */
    private static final int CHUNK = 16;

    /** Calls of one document at a time: while one stores its embeddings the other keeps the cores busy. */
    private static final int LANES = 2;

    private final EmbeddingRepository store;
    private final EmbeddingSaver saver;
    private final ExecutorService executor;
    private final IngestionProperties properties;
    private final InstantSource clock;
    private final Map<Text, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();

    Embedding(
            EmbeddingRepository store,
            EmbeddingSaver saver,
            ExecutorService applicationExecutor,
            IngestionProperties properties,
            InstantSource clock) {
        this.store = store;
        this.saver = saver;
        this.executor = applicationExecutor;
        this.properties = properties;
        this.clock = clock;
    }

    private record Text(EmbedderFingerprint embedder, String key) {}

    /**
     * Blocks until every text has a stored embedding.
     *
     * @param texts by their keys
     * @throws LecternException whatever the embedder throws; SHUTTING_DOWN when it was cancelled
     */
    public void ensure(Embedder embedder, Map<String, String> texts, Cancellation cancellation) {
        EmbedderFingerprint fingerprint = embedder.fingerprint();
        Set<String> missing = store.findMissing(fingerprint, texts.keySet());
        while (!missing.isEmpty()) {
            Map<String, CompletableFuture<Void>> mine = new LinkedHashMap<>();
            Map<String, CompletableFuture<Void>> others = new HashMap<>();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                if (missing.contains(text.getKey())) {
                    CompletableFuture<Void> own = new CompletableFuture<>();
                    CompletableFuture<Void> other = inFlight.putIfAbsent(new Text(fingerprint, text.getKey()), own);
                    if (other == null) {
                        mine.put(text.getKey(), own);
                    } else {
                        others.put(text.getKey(), other);
                    }
                }
            }
            embed(embedder, texts, mine, cancellation);
            others.values().forEach(this::await);
            missing = store.findMissing(fingerprint, texts.keySet());
        }
    }

    private void embed(
            Embedder embedder,
            Map<String, String> texts,
            Map<String, CompletableFuture<Void>> mine,
            Cancellation cancellation) {
        EmbedderFingerprint fingerprint = embedder.fingerprint();
        try {
            // Someone may have stored one between our look into the store and our claim.
            Set<String> still = store.findMissing(fingerprint, mine.keySet());
            Queue<List<String>> chunks =
                    new ConcurrentLinkedQueue<>(chunks(still.stream().toList()));
            List<Future<?>> lanes = new ArrayList<>();
            for (int lane = 1; lane < LANES && chunks.size() > 1; lane++) {
                lanes.add(executor.submit(() -> drain(embedder, texts, chunks, cancellation)));
            }
            try {
                drain(embedder, texts, chunks, cancellation);
            } finally {
                chunks.clear();
                for (Future<?> lane : lanes) {
                    join(lane);
                }
            }
        } finally {
            mine.forEach((key, future) -> {
                inFlight.remove(new Text(fingerprint, key));
                future.complete(null);
            });
        }
    }

    private static List<List<String>> chunks(List<String> keys) {
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += CHUNK) {
            chunks.add(keys.subList(from, Math.min(keys.size(), from + CHUNK)));
        }
        return chunks;
    }

    private void drain(
            Embedder embedder, Map<String, String> texts, Queue<List<String>> chunks, Cancellation cancellation) {
        for (List<String> keys = chunks.poll(); keys != null; keys = chunks.poll()) {
            if (cancellation.isCancelled()) {
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "The work on this document was stopped.");
            }
            List<String> some =
                    keys.stream().map(key -> texts.getOrDefault(key, "")).toList();
            List<float[]> vectors = embedder.embedPassages(some, Deadline.in(properties.embedTime(), clock));
            Map<String, float[]> embeddings = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                embeddings.put(keys.get(i), vectors.get(i));
            }
            saver.save(embedder.fingerprint(), embeddings);
        }
    }

    /** Waits for another document's text; whether it was embedded shows in the store. */
    private void await(CompletableFuture<Void> other) {
        try {
            other.get(properties.embedTime().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "Embedding was interrupted. Try again.", e);
        } catch (TimeoutException e) {
            throw new LecternException(
                    ErrorCode.DEADLINE_EXCEEDED, "The embedding of a passage took too long. Try again.", e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    private static void join(Future<?> lane) {
        try {
            lane.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "Embedding was interrupted. Try again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new CompletionException(e.getCause());
        }
    }
}
