package dev.lectern.retrieval;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
import java.util.List;
import java.util.Set;

/** Knows English, and finds all texts alike. */
final class FakeEmbedder implements Embedder {
    @Override
    public EmbedderFingerprint fingerprint() {
        return new EmbedderFingerprint("fake", 2, "", "", "cls", true);
    }

    @Override
    public Set<String> languages() {
        return Set.of("en");
    }

    @Override
    public int maxTokens() {
        return 512;
    }

    @Override
    public int countTokens(String text) {
        return text.length();
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return wordings.stream().map(wording -> new float[] {1, 0}).toList();
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return passages.stream().map(passage -> new float[] {1, 0}).toList();
    }

    @Override
    public void close() {}
}
