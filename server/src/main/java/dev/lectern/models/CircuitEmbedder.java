package dev.lectern.models;

import dev.lectern.observability.spi.Circuit;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.Set;

/** Asks an embedding service that keeps failing nothing for a while. A local model does not need it. */
final class CircuitEmbedder implements Embedder {
    private final Embedder embedder;
    private final Circuit circuit;

    CircuitEmbedder(Embedder embedder, Circuit circuit) {
        this.embedder = embedder;
        this.circuit = circuit;
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
        return circuit.call(() -> embedder.embedQuestion(question, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, Deadline deadline) {
        return circuit.call(() -> embedder.embedPassages(passages, deadline));
    }

    @Override
    public void close() {
        embedder.close();
    }

    @Override
    public String toString() {
        return "Circuit[" + embedder + "]";
    }
}
