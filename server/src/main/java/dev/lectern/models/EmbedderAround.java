package dev.lectern.models;

import dev.lectern.shared.Deadline;
import java.util.List;

/** Around another embedder: adds something to embedding, and leaves the rest to it. Closing closes it, too. */
abstract class EmbedderAround extends ForwardingEmbedder {
    private final String what;
    final Embedder embedder;

    /** @param what it adds, a word for the log */
    EmbedderAround(String what, Embedder embedder) {
        this.what = what;
        this.embedder = embedder;
    }

    @Override
    protected final Embedder target() {
        return embedder;
    }

    @Override
    public abstract float[] embedQuestion(String question, Deadline deadline);

    @Override
    public abstract List<float[]> embedPassages(List<String> passages, Deadline deadline);

    @Override
    public final void close() {
        embedder.close();
    }

    @Override
    public final String toString() {
        return what + "[" + embedder + "]";
    }
}
