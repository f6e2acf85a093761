package dev.lectern.ingestion.pipeline;

import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;

/** Refuses vectors that no index can search, before they are stored: the fault is the model's and not that of the index or the disk. */
final class EmbeddingValidator {
    private EmbeddingValidator() {}

    /** @throws ModelCallException MODEL_FAILED, naming the model, when a vector is missing, has another dimension or a component that is not finite */
    static void validate(EmbedderFingerprint embedder, int texts, List<float[]> vectors) {
        if (vectors.size() != texts) {
            throw failure(embedder, "returned " + vectors.size() + " vectors for " + texts + " texts");
        }
        for (float[] vector : vectors) {
            if (vector.length != embedder.dimensions()) {
                throw failure(
                        embedder,
                        "returned a vector of " + vector.length + " dimensions instead of " + embedder.dimensions());
            }
            for (float component : vector) {
                if (!Float.isFinite(component)) {
                    throw failure(embedder, "returned a vector with a component that is infinite or not a number");
                }
            }
        }
    }

    private static ModelCallException failure(EmbedderFingerprint embedder, String what) {
        return new ModelCallException(
                Reason.INVALID_RESPONSE,
                "The embedding model " + embedder.model() + " " + what + ".",
                "Check the model and its service, or choose another embedder.",
                null,
                null);
    }
}
