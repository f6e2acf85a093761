package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Counts the texts that the model embedded, as {@code lectern_embedded_texts_total} by kind. Texts from the cache do not count. */
final class MeteredEmbedder extends EmbedderDecorator {
    private final Counter questions;
    private final Counter passages;

    MeteredEmbedder(Embedder embedder, MeterRegistry meters) {
        this(embedder, counter(meters, "question"), counter(meters, "passage"));
    }

    private MeteredEmbedder(Embedder embedder, Counter questions, Counter passages) {
        super("Metered", embedder);
        this.questions = questions;
        this.passages = passages;
    }

    /** An embedder with the same model that counts every text as {@code sentence}. Close only one of the two. */
    MeteredEmbedder forSentences(MeterRegistry meters) {
        Counter sentences = counter(meters, "sentence");
        return new MeteredEmbedder(embedder, sentences, sentences);
    }

    private static Counter counter(MeterRegistry meters, String kind) {
        return Counter.builder("lectern.embedded.texts")
                .description("Texts that a model embedded")
                .tag("kind", kind)
                .register(meters);
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        List<float[]> embeddings = embedder.embedQuestions(wordings, context, deadline);
        questions.increment(embeddings.size());
        return embeddings;
    }

    @Override
    public List<float[]> embedPassages(List<String> texts, ModelCallContext context, Deadline deadline) {
        List<float[]> embeddings = embedder.embedPassages(texts, context, deadline);
        passages.increment(embeddings.size());
        return embeddings;
    }
}
