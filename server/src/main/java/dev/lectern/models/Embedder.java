package dev.lectern.models;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.Set;

/** Turns texts into vectors. Thread-safe; adds the model's own prefixes. */
public interface Embedder extends AutoCloseable {

    EmbedderFingerprint fingerprint();

    /**
     * The one model that this stands for at this moment. Whoever needs a vector and its fingerprint asks for this first and goes on with what it gets,
     * since the library may move to another embedder meanwhile.
     */
    default Embedder now() {
        return this;
    }

    /** ISO 639-1 codes of the languages in which near vectors mean near meanings; {@code *} stands for all. */
    Set<String> languages();

    /** The longest text in tokens that is embedded whole; what is longer is cut at its end. */
    int maxTokens();

    /** The tokens of a text as this model counts them (remote models: an estimate that is never too low by more than a fifth), without prefix and special tokens. */
    int countTokens(String text);

    /** The embedding of a question. */
    float[] embedQuestion(String question, Deadline deadline);

    /** The embeddings of passages, in their order; each depends on its own text alone. */
    List<float[]> embedPassages(List<String> passages, Deadline deadline);

    @Override
    void close();
}
