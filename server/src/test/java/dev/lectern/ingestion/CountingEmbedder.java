package dev.lectern.ingestion;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Vectors made of the text's hash, and a count of how often each text was embedded. */
public class CountingEmbedder implements Embedder {
    private final EmbedderFingerprint fingerprint;
    public final Map<String, Integer> embedded = new ConcurrentHashMap<>();
    /** Run before every call; what it throws is thrown. */
    public volatile Runnable before = () -> {};
    /** Run with the texts of every call; what it throws is thrown. */
    public volatile Consumer<List<String>> beforeTexts = texts -> {};
    /** Makes the vector of a text. */
    public volatile Function<String, float[]> vectors = CountingEmbedder::vector;

    public CountingEmbedder(String model) {
        this.fingerprint = new EmbedderFingerprint(model, 8, "", "", "cls", true);
    }

    public int count() {
        return embedded.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public Set<String> languages() {
        return Set.of("*");
    }

    @Override
    public int maxTokens() {
        return 64;
    }

    @Override
    public int countTokens(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return wordings.stream().map(CountingEmbedder::vector).toList();
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        before.run();
        beforeTexts.accept(passages);
        passages.forEach(text -> embedded.merge(text, 1, Integer::sum));
        return passages.stream().map(vectors).toList();
    }

    private static float[] vector(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[8];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = random.nextFloat();
        }
        return vector;
    }

    @Override
    public void close() {}
}
