package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/** Retries failed calls of an embedding service. */
final class RetryingEmbedder extends EmbedderDecorator {
    private final ModelCallRetrier modelCallRetrier;

    RetryingEmbedder(Embedder embedder, ModelCallRetrier modelCallRetrier) {
        super("Retrying", embedder);
        this.modelCallRetrier = modelCallRetrier;
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return modelCallRetrier.call(() -> embedder.embedQuestions(wordings, context, deadline), () -> true, deadline);
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return modelCallRetrier.call(() -> embedder.embedPassages(passages, context, deadline), () -> true, deadline);
    }
}
