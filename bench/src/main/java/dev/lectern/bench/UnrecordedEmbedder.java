package dev.lectern.bench;

import dev.lectern.models.Embedder;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
import java.util.List;
import java.util.Set;

/** An embedder without a usage ledger, for measurements outside of a server. */
record UnrecordedEmbedder(EmbeddingModel model) implements Embedder {
    @Override
    public EmbedderFingerprint fingerprint() {
        return model.fingerprint();
    }

    @Override
    public Set<String> languages() {
        return model.languages();
    }

    @Override
    public int maxTokens() {
        return model.maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return model.countTokens(text);
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return model.embedQuestions(wordings, deadline).vectors();
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return model.embedPassages(passages, deadline).vectors();
    }

    @Override
    public void close() {
        model.close();
    }
}
