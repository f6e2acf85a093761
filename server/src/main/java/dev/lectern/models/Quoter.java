package dev.lectern.models;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/**
 * Answers a question with sentences quoted from passages. {@code LECTERN_CHAT_MODEL=extractive} selects it. It is no {@link ChatModel}, since it takes
 * passages and returns spans. Thread-safe and deterministic.
 */
public interface Quoter {

    /** The name in {@code LECTERN_CHAT_MODEL} and in answers. */
    String NAME = "extractive";

    /**
     * Chooses at most two sentences.
     *
     * @param question made self-contained
     * @param passages best first; only the first six are used
     * @param weak whether the search rates the passages as weak. A sentence then needs a higher similarity to the question, and the result is {@link
     *     QuoteOutcome.NothingFits} if the embedder does not know the language
     * @param context of the answer, recorded in the usage ledger
     * @throws dev.lectern.shared.LecternException {@code DEADLINE_EXCEEDED}, or what the embedder throws
     */
    QuoteOutcome quote(
            String question, List<QuotablePassage> passages, boolean weak, ModelCallContext context, Deadline deadline);
}
