package dev.lectern.models;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
import java.util.List;
import java.util.Set;

/** Turns texts into vectors. Thread-safe; adds the model's own prefixes. */
public interface Embedder extends AutoCloseable {

    EmbedderFingerprint fingerprint();

    /**
     * The embedder that this one delegates to at this moment, otherwise itself. Callers that need a vector and its fingerprint resolve first and use the
     * result for both, since another embedder may become active between two calls.
     */
    default Embedder resolve() {
        return this;
    }

    /** ISO 639-1 codes of the languages that the model was trained for; {@code *} for all. */
    Set<String> languages();

    /** Maximum tokens of a text. The end of a longer text is not embedded. */
    int maxTokens();

    /**
     * Counts the tokens of a text without prefix and special tokens. Remote models estimate them; the estimate is at most a fifth too low.
     */
    int countTokens(String text);

    /** Embeds a question with one wording; as {@link #embedQuestions}. */
    default float[] embedQuestion(String question, ModelCallContext context, Deadline deadline) {
        return embedQuestions(List.of(question), context, deadline).getFirst();
    }

    /**
     * Embeds the wordings of one question and returns the embeddings in the same order.
     *
     * @param wordings one or more
     * @param context recorded in the usage ledger
     * @throws dev.lectern.shared.LecternException {@code DEADLINE_EXCEEDED}, {@code OVERLOADED}, {@code MODEL_UNAVAILABLE} or {@code MODEL_FAILED}
     */
    List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline);

    /**
     * Embeds passages and returns the embeddings in the same order. An embedding depends only on its own text.
     *
     * @param passages of one job or question
     * @param context recorded in the usage ledger
     * @throws dev.lectern.shared.LecternException as {@link #embedQuestions}
     */
    List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline);

    @Override
    void close();
}
