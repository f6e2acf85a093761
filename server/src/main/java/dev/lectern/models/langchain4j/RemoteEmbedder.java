package dev.lectern.models.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.lectern.models.EmbeddingReply;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.text.TokenEstimator;
import java.util.List;
import java.util.Set;

/** Embeddings of a remote service, each call one request, normalised to length 1. */
public final class RemoteEmbedder implements dev.lectern.models.EmbeddingModel {
    private final EmbedderFingerprint fingerprint;
    private final EmbeddingModel questions;
    private final EmbeddingModel passages;
    private final UpstreamService upstreamService;
    private final int maxTokens;
    private final int maxTexts;

    /**
     * @param questions uses {@link UpstreamService#http()}
     * @param passages uses it, too; may be the same client
     * @param maxTexts of one call
     */
    public RemoteEmbedder(
            EmbedderFingerprint fingerprint,
            EmbeddingModel questions,
            EmbeddingModel passages,
            UpstreamService upstreamService,
            int maxTokens,
            int maxTexts) {
        this.fingerprint = fingerprint;
        this.questions = questions;
        this.passages = passages;
        this.upstreamService = upstreamService;
        this.maxTokens = maxTokens;
        this.maxTexts = maxTexts;
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return fingerprint;
    }

    /** All languages: current remote models are multilingual. */
    @Override
    public Set<String> languages() {
        return Set.of("*");
    }

    @Override
    public int maxTokens() {
        return maxTokens;
    }

    @Override
    public int countTokens(String text) {
        return TokenEstimator.of(text);
    }

    @Override
    public int maxTexts() {
        return maxTexts;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public EmbeddingReply embedQuestions(List<String> texts, Deadline deadline) {
        return embed(questions, texts, deadline);
    }

    @Override
    public EmbeddingReply embedPassages(List<String> texts, Deadline deadline) {
        return embed(passages, texts, deadline);
    }

    private EmbeddingReply embed(EmbeddingModel model, List<String> texts, Deadline deadline) {
        UpstreamCall call = upstreamService.call(fingerprint.model(), deadline);
        Response<List<Embedding>> response;
        try {
            response = upstreamService.runWithDeadline(
                    call,
                    () -> model.embedAll(texts.stream().map(TextSegment::from).toList()));
        } catch (RuntimeException e) {
            throw upstreamService.translate(call, fingerprint.model(), e);
        }
        List<Embedding> embeddings = response.content();
        if (embeddings.size() != texts.size()) {
            throw invalid(
                    "The embedding model " + fingerprint.model() + " returned " + embeddings.size() + " embeddings for "
                            + texts.size() + " texts.",
                    "Check the base URL of the service.");
        }
        TokenUsage usage = response.tokenUsage();
        Integer counted = usage == null ? null : usage.inputTokenCount();
        long tokens = counted != null
                ? counted
                : texts.stream().mapToLong(TokenEstimator::of).sum();
        return new EmbeddingReply(embeddings.stream().map(this::normalise).toList(), tokens, counted == null);
    }

    private float[] normalise(Embedding embedding) {
        float[] vector = embedding.vector();
        if (vector.length != fingerprint.dimensions()) {
            throw invalid(
                    "The embedding model " + fingerprint.model() + " returned " + vector.length + " dimensions, but "
                            + fingerprint.dimensions() + " are configured.",
                    "Append @" + vector.length
                            + " to the name of the embedder, or set EMBEDDING_DIMENSIONS of this service.");
        }
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        double length = Math.sqrt(squares);
        if (!Double.isFinite(length)) {
            throw invalid(
                    "The embedding model " + fingerprint.model()
                            + " returned a vector with a component that is infinite or not a number.",
                    "Check the model and its service.");
        }
        if (!((float) length > 0)) {
            throw invalid(
                    "The embedding model " + fingerprint.model() + " returned an empty vector.",
                    "Check that the model is an embedding model.");
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    private static ModelCallException invalid(String condition, String remedy) {
        return new ModelCallException(Reason.INVALID_RESPONSE, condition, remedy, null, null);
    }

    @Override
    public void close() {
        // The upstream service owns the connections and closes idle ones.
    }

    @Override
    public String toString() {
        return fingerprint.model();
    }
}
