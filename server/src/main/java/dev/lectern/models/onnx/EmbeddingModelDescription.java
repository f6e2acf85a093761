package dev.lectern.models.onnx;

import dev.lectern.shared.EmbedderFingerprint;
import java.util.Locale;
import java.util.Set;

/**
 * The properties of an embedding model.
 *
 * @param name part of the fingerprint
 * @param dimensions of its vectors, 1 to 4096
 * @param questionPrefix put before every question, may be empty
 * @param passagePrefix put before every passage, may be empty
 * @param normalise whether vectors are scaled to length 1
 * @param languages ISO 639-1 codes that the model was trained for, {@code *} for all
 * @param maxTokens maximum tokens of a text with its special tokens, 8 to 8192
 */
record EmbeddingModelDescription(
        String name,
        int dimensions,
        String questionPrefix,
        String passagePrefix,
        Pooling pooling,
        boolean normalise,
        Set<String> languages,
        int maxTokens) {

    enum Pooling {
        /** The vector of the first token. */
        CLS,
        /** The mean of all tokens' vectors. */
        MEAN
    }

    EmbedderFingerprint fingerprint(String hashOfWeights) {
        return new EmbedderFingerprint(
                name + "@" + hashOfWeights,
                dimensions,
                questionPrefix,
                passagePrefix,
                pooling.name().toLowerCase(Locale.ROOT),
                normalise);
    }
}
