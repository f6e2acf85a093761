package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/** Fails fast while the circuit of an embedding service is open. */
final class CircuitBreakerEmbedder extends EmbedderDecorator {
    private final CircuitBreaker circuitBreaker;

    CircuitBreakerEmbedder(Embedder embedder, CircuitBreaker circuitBreaker) {
        super("Circuit", embedder);
        this.circuitBreaker = circuitBreaker;
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return circuitBreaker.call(() -> embedder.embedQuestions(wordings, context, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return circuitBreaker.call(() -> embedder.embedPassages(passages, context, deadline));
    }
}
