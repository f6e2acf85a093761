package dev.lectern.answering;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.ReadableCollections;
import java.util.List;

/** Answers questions without keeping them in a conversation. */
public interface Answers {
    /** Longest question in characters (UTF-16 units). */
    int MAX_QUESTION = 4_000;

    /**
     * Blocks until the answer is complete.
     *
     * @param question 1 to {@value #MAX_QUESTION} characters
     * @param history past turns, oldest first; the last ten are looked at
     * @return an abstention or a failed answer where there is none, with its reason
     * @throws dev.lectern.shared.LecternException {@code INVALID_REQUEST}, {@code TOO_MANY_REQUESTS}, {@code INDEX_UNAVAILABLE}, {@code DEADLINE_EXCEEDED}
     */
    Answer answer(String question, List<PastExchange> history, ReadableCollections collections, Deadline deadline);
}
