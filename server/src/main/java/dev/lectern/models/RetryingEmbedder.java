package dev.lectern.models;

import dev.lectern.shared.Deadline;
import java.util.List;

/** Tries a call of an embedding service again. A local model does not need it. */
final class RetryingEmbedder extends EmbedderAround {
    private final Retries retries;

    RetryingEmbedder(Embedder embedder, Retries retries) {
        super("Retrying", embedder);
        this.retries = retries;
    }

    @Override
    public float[] embedQuestion(String question, Deadline deadline) {
        return retries.call(() -> embedder.embedQuestion(question, deadline), () -> true, deadline);
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, Deadline deadline) {
        return retries.call(() -> embedder.embedPassages(passages, deadline), () -> true, deadline);
    }
}
