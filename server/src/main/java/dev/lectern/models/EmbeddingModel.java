package dev.lectern.models;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.Set;

/**
 * A model behind an {@link Embedder}, in this process or at a service. It reports its tokens and records nothing: only its decorators are an embedder, so that
 * no call is missing in the usage ledger. Thread-safe; adds the model's own prefixes.
 */
public interface EmbeddingModel extends AutoCloseable {

    EmbedderFingerprint fingerprint();

    /** As {@link Embedder#languages}. */
    Set<String> languages();

    /** As {@link Embedder#maxTokens}. */
    int maxTokens();

    /** As {@link Embedder#countTokens}. */
    int countTokens(String text);

    /** Maximum texts of one call, 1 or more. */
    int maxTexts();

    /** Maximum tokens of all texts of one call, 1 or more. A text that has more alone is sent alone. */
    default int maxCallTokens() {
        return Integer.MAX_VALUE;
    }

    /** Maximum calls in a minute, as the operator configured; 0 for none. */
    default int callsPerMinute() {
        return 0;
    }

    /** Maximum tokens in a minute, as the operator configured; 0 for none. */
    default int tokensPerMinute() {
        return 0;
    }

    /** Whether each call is a request to a service. */
    boolean isRemote();

    /**
     * Embeds questions, or wordings of one question.
     *
     * @param questions 1 to {@link #maxTexts}
     * @throws dev.lectern.shared.LecternException {@code DEADLINE_EXCEEDED}, {@code OVERLOADED}, {@code MODEL_UNAVAILABLE} or {@code MODEL_FAILED}
     */
    EmbeddingReply embedQuestions(List<String> questions, Deadline deadline);

    /**
     * Embeds passages. An embedding depends only on its own text.
     *
     * @param passages 1 to {@link #maxTexts}
     * @throws dev.lectern.shared.LecternException as {@link #embedQuestions}
     */
    EmbeddingReply embedPassages(List<String> passages, Deadline deadline);

    @Override
    void close();
}
