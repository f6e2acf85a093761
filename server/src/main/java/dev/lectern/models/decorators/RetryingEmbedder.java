package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import java.util.List;

/** Retries failed calls of an embedding service. */
final class RetryingEmbedder extends EmbedderDecorator {
    private final ModelCallRetrier modelCallRetrier;

    RetryingEmbedder(Embedder embedder, ModelCallRetrier modelCallRetrier) {
        super("Retrying", embedder);
        this.modelCallRetrier = modelCallRetrier;
    }

    @Override
    public float[] embedQuestion(String question, Deadline deadline) {
        return modelCallRetrier.call(() -> embedder.embedQuestion(question, deadline), () -> true, deadline);
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, Deadline deadline) {
        return modelCallRetrier.call(() -> embedder.embedPassages(passages, deadline), () -> true, deadline);
    }
}
