package dev.lectern.models;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.Set;

/** Tries a call of an embedding service again. A local model does not need it. */
final class RetryingEmbedder implements Embedder {
    private final Embedder embedder;
    private final Retries retries;

    RetryingEmbedder(Embedder embedder, Retries retries) {
        this.embedder = embedder;
        this.retries = retries;
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return embedder.fingerprint();
    }

    @Override
    public Set<String> languages() {
        return embedder.languages();
    }

    @Override
    public int maxTokens() {
        return embedder.maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return embedder.countTokens(text);
    }

    @Override
    public float[] embedQuestion(String question, Deadline deadline) {
        return retries.call(() -> embedder.embedQuestion(question, deadline), () -> true, deadline);
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, Deadline deadline) {
        return retries.call(() -> embedder.embedPassages(passages, deadline), () -> true, deadline);
    }

    @Override
    public void close() {
        embedder.close();
    }

    @Override
    public String toString() {
        return "Retrying[" + embedder + "]";
    }
}
