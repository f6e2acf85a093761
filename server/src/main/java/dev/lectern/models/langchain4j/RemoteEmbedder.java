package dev.lectern.models.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.text.TokenEstimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Embeddings from a service, in batches that it accepts; vectors are normalised here. */
public final class RemoteEmbedder implements Embedder {
    private final EmbedderFingerprint fingerprint;
    private final EmbeddingModel questions;
    private final EmbeddingModel passages;
    private final Upstream upstream;
    private final int maxTokens;
    private final int batch;

    /**
     * @param questions made with {@link Upstream#http()}
     * @param passages likewise; may be the same
     * @param batch the most texts in one call
     */
    public RemoteEmbedder(
            EmbedderFingerprint fingerprint,
            EmbeddingModel questions,
            EmbeddingModel passages,
            Upstream upstream,
            int maxTokens,
            int batch) {
        this.fingerprint = fingerprint;
        this.questions = questions;
        this.passages = passages;
        this.upstream = upstream;
        this.maxTokens = maxTokens;
        this.batch = batch;
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return fingerprint;
    }

    /** The services' models of today know every language that they were asked about. */
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
    public float[] embedQuestion(String question, Deadline deadline) {
        return embed(questions, List.of(question), deadline).getFirst();
    }

    @Override
    public List<float[]> embedPassages(List<String> texts, Deadline deadline) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += batch) {
            vectors.addAll(embed(passages, texts.subList(from, Math.min(from + batch, texts.size())), deadline));
        }
        return vectors;
    }

    private List<float[]> embed(EmbeddingModel model, List<String> texts, Deadline deadline) {
        UpstreamCall call = upstream.call(deadline);
        List<Embedding> embeddings;
        try {
            embeddings = upstream.within(
                    call,
                    () -> model.embedAll(texts.stream().map(TextSegment::from).toList())
                            .content());
        } catch (RuntimeException e) {
            throw upstream.translate(call, fingerprint.model(), e);
        }
        if (embeddings.size() != texts.size()) {
            throw new LecternException(
                    ErrorCode.MODEL_FAILED,
                    "The embedding service answered with another number of vectors than it was asked for.");
        }
        return embeddings.stream().map(this::normalised).toList();
    }

    private float[] normalised(Embedding embedding) {
        float[] vector = embedding.vector();
        if (vector.length != fingerprint.dimensions()) {
            throw new LecternException(
                    ErrorCode.MODEL_FAILED,
                    "The embedding model answers with " + vector.length + " dimensions, but " + fingerprint.dimensions()
                            + " are configured. Write @" + vector.length
                            + " behind the name of the embedder, or set the EMBEDDING_DIMENSIONS of this service.");
        }
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        float length = (float) Math.sqrt(squares);
        if (!(length > 0)) {
            throw new LecternException(ErrorCode.MODEL_FAILED, "The embedding service answered with an empty vector.");
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] / length;
        }
        return unit;
    }

    @Override
    public void close() {
        // the connections belong to the upstream, and are let go when they are idle
    }

    @Override
    public String toString() {
        return fingerprint.model();
    }
}
