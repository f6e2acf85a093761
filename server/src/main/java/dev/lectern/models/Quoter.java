package dev.lectern.models;

import dev.lectern.shared.Deadline;
import java.util.List;

/**
 * Answers a question with sentences of the passages themselves. It is what the chat model {@code extractive} stands for: no prompt fits it, since it
 * takes passages and gives spans. Thread-safe and deterministic.
 */
public interface Quoter {

    /** As it is configured and shown with the answer. */
    String NAME = "extractive";

    /**
     * Chooses at most two sentences.
     *
     * @param question made self-contained
     * @param passages best first; the first six are looked at
     * @param weak whether the search thinks that they cannot answer; sentences then have to be nearer to the question, and nothing fits where nearness is
     *     not known
     * @throws dev.lectern.shared.LecternException {@code DEADLINE_EXCEEDED}, or what the embedder throws
     */
    QuoteOutcome quote(String question, List<QuotablePassage> passages, boolean weak, Deadline deadline);
}
