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
    private final String questionPrefix;
    private final String passagePrefix;
    private final UpstreamService upstreamService;
    private final Limits limits;

    /**
     * What the service accepts, and how fast.
     *
     * @param maxTextTokens maximum tokens of one text
     * @param maxTexts maximum texts of one call
     * @param maxCallTokens maximum tokens of all texts of one call
     * @param callsPerMinute 0 for no limit; so for the next
     * @param tokensPerMinute maximum tokens in a minute
     */
    public record Limits(
            int maxTextTokens, int maxTexts, int maxCallTokens, int callsPerMinute, int tokensPerMinute) {

        /** What the operator configured, and for the rest what the model or the type of the service is known for. */
        public static Limits of(ServiceSettings.Embedding settings, int maxTextTokens, int maxTexts, int maxCallTokens) {
            return new Limits(
                    settings.maxTextTokens() > 0 ? settings.maxTextTokens() : maxTextTokens,
                    settings.maxTexts() > 0 ? settings.maxTexts() : maxTexts,
                    settings.maxCallTokens() > 0 ? settings.maxCallTokens() : maxCallTokens,
                    settings.callsPerMinute(),
                    settings.tokensPerMinute());
        }
    }

    /**
     * @param fingerprint its prefixes are not sent
     * @param questions uses {@link UpstreamService#http()}
     * @param passages uses it, too; may be the same client
     * @param questionPrefix sent before each question
     * @param passagePrefix sent before each passage
     */
    public RemoteEmbedder(
            EmbedderFingerprint fingerprint,
            EmbeddingModel questions,
            EmbeddingModel passages,
            String questionPrefix,
            String passagePrefix,
            UpstreamService upstreamService,
            Limits limits) {
        this.fingerprint = fingerprint;
        this.questions = questions;
        this.passages = passages;
        this.questionPrefix = questionPrefix;
        this.passagePrefix = passagePrefix;
        this.upstreamService = upstreamService;
        this.limits = limits;
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
        // The prefix of a passage is part of what the model reads.
        return limits.maxTextTokens() - TokenEstimator.of(passagePrefix);
    }

    @Override
    public int countTokens(String text) {
        return TokenEstimator.of(text);
    }

    @Override
    public int maxTexts() {
        return limits.maxTexts();
    }

    @Override
    public int maxCallTokens() {
        return limits.maxCallTokens();
    }

    @Override
    public int callsPerMinute() {
        return limits.callsPerMinute();
    }

    @Override
    public int tokensPerMinute() {
        return limits.tokensPerMinute();
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public EmbeddingReply embedQuestions(List<String> texts, Deadline deadline) {
        return embed(questions, questionPrefix, texts, deadline);
    }

    @Override
    public EmbeddingReply embedPassages(List<String> texts, Deadline deadline) {
        return embed(passages, passagePrefix, texts, deadline);
    }

    private EmbeddingReply embed(EmbeddingModel model, String prefix, List<String> unprefixed, Deadline deadline) {
        List<String> texts = prefix.isEmpty()
                ? unprefixed
                : unprefixed.stream().map(prefix::concat).toList();
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
