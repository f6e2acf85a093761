package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.shared.Deadline;
import java.util.List;

/** Fails fast while the circuit of an embedding service is open. */
final class CircuitBreakerEmbedder extends EmbedderDecorator {
    private final CircuitBreaker circuitBreaker;

    CircuitBreakerEmbedder(Embedder embedder, CircuitBreaker circuitBreaker) {
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
