package dev.lectern.models.decorators;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheKeyBuilder;
import dev.lectern.caching.CacheLoadWaitLimit;
import dev.lectern.shared.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Override
    public float[] embedQuestion(String question, Deadline deadline) {
        return questions
                .get(
                        key(question),
                        CacheLoadWaitLimit.until(deadline),
                        () -> Optional.of(embedder.embedQuestion(question, deadline)))
                .orElseThrow();
    }

    @Override
    public List<float[]> embedPassages(List<String> texts, Deadline deadline) {
        Map<String, String> textOf = new LinkedHashMap<>();
        List<String> keys = texts.stream().map(this::key).toList();
        for (int i = 0; i < texts.size(); i++) {
            textOf.putIfAbsent(keys.get(i), texts.get(i));
        }
        Map<String, float[]> vectors = new HashMap<>(passages.findAll(textOf.keySet()));
        textOf.keySet().removeAll(vectors.keySet());
        vectors.putAll(embedMissing(textOf, deadline));
        List<float[]> all = new ArrayList<>(texts.size());
        for (String key : keys) {
            all.add(Optional.ofNullable(vectors.get(key)).orElseThrow());
        }
        return all;
    }

    private Map<String, float[]> embedMissing(Map<String, String> textOf, Deadline deadline) {
        if (textOf.isEmpty()) {
            return Map.of();
        }
        List<float[]> vectors = embedder.embedPassages(List.copyOf(textOf.values()), deadline);
        Map<String, float[]> made = new LinkedHashMap<>();
        int next = 0;
        for (String key : textOf.keySet()) {
            made.put(key, vectors.get(next++));
        }
        passages.putAll(made);
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
