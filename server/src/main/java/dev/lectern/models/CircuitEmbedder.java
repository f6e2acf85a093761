package dev.lectern.models;

import dev.lectern.observability.spi.Circuit;
import dev.lectern.shared.Deadline;
import java.util.List;

/** Asks an embedding service that keeps failing nothing for a while. A local model does not need it. */
final class CircuitEmbedder extends EmbedderAround {
    private final Circuit circuit;

    CircuitEmbedder(Embedder embedder, Circuit circuit) {
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
