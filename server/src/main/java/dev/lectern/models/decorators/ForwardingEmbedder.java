package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
import java.util.List;
import java.util.Set;

/** Forwards every call to another embedder. */
abstract class ForwardingEmbedder implements Embedder {

    /** The embedder of the next call. */
    protected abstract Embedder target();

    @Override
    public final EmbedderFingerprint fingerprint() {
        return target().fingerprint();
    }

    @Override
    public final Set<String> languages() {
        return target().languages();
    }

    @Override
    public final int maxTokens() {
        return target().maxTokens();
    }

    @Override
    public final int countTokens(String text) {
        return target().countTokens(text);
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return target().embedQuestions(wordings, context, deadline);
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return target().embedPassages(passages, context, deadline);
    }
}
