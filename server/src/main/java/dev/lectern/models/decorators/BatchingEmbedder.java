package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Embeds at most as many texts in one call as the service accepts. A failed call is retried alone, without the texts of the calls before it. */
final class BatchingEmbedder extends EmbedderDecorator {
    private final int maxTexts;

    /** @param maxTexts maximum texts of one call, 1 or more */
    BatchingEmbedder(Embedder embedder, int maxTexts) {
        super("Batching", embedder);
        this.maxTexts = maxTexts;
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return inBatches(wordings, batch -> embedder.embedQuestions(batch, context, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return inBatches(passages, batch -> embedder.embedPassages(batch, context, deadline));
    }

    private List<float[]> inBatches(List<String> texts, Function<List<String>, List<float[]>> call) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += maxTexts) {
            vectors.addAll(call.apply(texts.subList(from, Math.min(from + maxTexts, texts.size()))));
        }
        return vectors;
    }
}
