package dev.lectern.models;

import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.shared.Deadline;
import java.util.List;

/** Asks an embedding service that keeps failing nothing for a while. A local model does not need it. */
final class CircuitEmbedder extends EmbedderAround {
    private final CircuitBreaker circuitBreaker;

    CircuitEmbedder(Embedder embedder, CircuitBreaker circuitBreaker) {
        super("Circuit", embedder);
        this.circuitBreaker = circuitBreaker;
    }

    @Override
    public float[] embedQuestion(String question, Deadline deadline) {
        return circuitBreaker.call(() -> embedder.embedQuestion(question, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, Deadline deadline) {
        return circuitBreaker.call(() -> embedder.embedPassages(passages, deadline));
    }
}
