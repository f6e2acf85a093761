package dev.lectern.models.decorators;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheKeyBuilder;
import dev.lectern.caching.CacheLoadWaitLimit;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Caches embeddings by the fingerprint of the embedder and a hash of the text. */
final class CachingEmbedder extends EmbedderDecorator {
    private final MeteredEmbedder metered;
    private final Cache<float[]> questions;
    private final Cache<float[]> passages;
    private volatile @Nullable String fingerprint;

    CachingEmbedder(MeteredEmbedder metered, Cache<float[]> questions, Cache<float[]> passages) {
        super("Caching", metered);
        this.metered = metered;
        this.questions = questions;
        this.passages = passages;
    }

    /** An embedder with the same model and caches that counts what is embedded as sentences. Close only one of the two. */
    CachingEmbedder forSentences(MeterRegistry meters) {
        return new CachingEmbedder(metered.forSentences(meters), questions, passages);
    }

    /** Callers of the same question wait for one call. Several wordings are embedded in one call; searches with equal ones are shared by their cache. */
    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return wordings.size() == 1
                ? List.of(questions
                        .get(
                                key(wordings.getFirst()),
                                CacheLoadWaitLimit.until(deadline),
                                () -> Optional.of(embedder.embedQuestion(wordings.getFirst(), context, deadline)))
                        .orElseThrow())
                : embedAll(wordings, questions, missing -> embedder.embedQuestions(missing, context, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> texts, ModelCallContext context, Deadline deadline) {
        return embedAll(texts, passages, missing -> embedder.embedPassages(missing, context, deadline));
    }

    private List<float[]> embedAll(
            List<String> texts, Cache<float[]> cache, Function<List<String>, List<float[]>> model) {
        Map<String, String> textOf = new LinkedHashMap<>();
        List<String> keys = texts.stream().map(this::key).toList();
        for (int i = 0; i < texts.size(); i++) {
            textOf.putIfAbsent(keys.get(i), texts.get(i));
        }
        Map<String, float[]> vectors = new HashMap<>(cache.findAll(textOf.keySet()));
        textOf.keySet().removeAll(vectors.keySet());
        vectors.putAll(embedMissing(textOf, cache, model));
        List<float[]> all = new ArrayList<>(texts.size());
        for (String key : keys) {
            all.add(Optional.ofNullable(vectors.get(key)).orElseThrow());
        }
        return all;
    }

    private static Map<String, float[]> embedMissing(
            Map<String, String> textOf, Cache<float[]> cache, Function<List<String>, List<float[]>> model) {
        if (textOf.isEmpty()) {
            return Map.of();
        }
        List<float[]> vectors = model.apply(List.copyOf(textOf.values()));
        Map<String, float[]> made = new LinkedHashMap<>();
        int next = 0;
        for (String key : textOf.keySet()) {
            made.put(key, vectors.get(next++));
        }
        cache.putAll(made);
        return made;
    }

    private String key(String text) {
        String id = fingerprint;
        if (id == null) {
            id = embedder.fingerprint().id();
            fingerprint = id;
        }
        return CacheKeyBuilder.begin().with(id).with(text).end();
    }
}
