package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/** Adds one concern to the embedding calls of another embedder and forwards the rest. Closing the decorator closes the embedder. */
abstract class EmbedderDecorator extends ForwardingEmbedder {
    private final String concern;
    final Embedder embedder;

    /** @param concern what the decorator adds; shown by {@link #toString} */
    EmbedderDecorator(String concern, Embedder embedder) {
        this.concern = concern;
        this.embedder = embedder;
    }

    @Override
    protected final Embedder target() {
        return embedder;
    }

    @Override
    public abstract List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline);

    @Override
    public abstract List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline);

    @Override
    public final void close() {
        embedder.close();
    }

    @Override
    public final String toString() {
        return concern + "[" + embedder + "]";
    }
}
