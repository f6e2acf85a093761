package dev.lectern.retrieval;

import java.util.List;

/**
 * What was found for a question.
 *
 * @param standaloneQuestion what was searched for: the question itself, or made self-contained from the conversation
 * @param passages best first; weak ones are still in it, so that a reader can be shown the nearest
 */
public record Retrieval(String standaloneQuestion, List<RankedPassage> passages, Evidence evidence) {

    /** Whether the passages are enough to answer from. */
    public enum Evidence {
        ENOUGH,
        /** Something was found, but nothing near enough. */
        WEAK,
        /** Nothing was found at all. */
        NONE
    }
}
