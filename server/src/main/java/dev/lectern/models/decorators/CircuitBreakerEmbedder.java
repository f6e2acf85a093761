package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.observability.spi.Circuit;
import dev.lectern.shared.Deadline;
import java.util.List;

/** Fails fast while the circuit of an embedding service is open. */
final class CircuitBreakerEmbedder extends EmbedderDecorator {
    private final Circuit circuit;

    CircuitBreakerEmbedder(Embedder embedder, Circuit circuit) {
        super("Circuit", embedder);
        this.circuit = circuit;
    }

    @Override
    public float[] embedQuestion(String question, Deadline deadline) {
        return circuit.call(() -> embedder.embedQuestion(question, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, Deadline deadline) {
        return circuit.call(() -> embedder.embedPassages(passages, deadline));
    }
}
