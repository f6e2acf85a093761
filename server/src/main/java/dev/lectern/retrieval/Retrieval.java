package dev.lectern.retrieval;

import java.util.List;

/**
 * What was found for a question.
 *
 * @param standaloneQuestion what was searched for: the question itself, or made self-contained from the conversation
 * @param passages best first; weak ones are still in it, so that a reader can be shown the nearest
 * @param settled whether index and library agreed on what was found; not while a change is on its way through both, when something may be missed
 */
public record Retrieval(String standaloneQuestion, List<RankedPassage> passages, Evidence evidence, boolean settled) {

    /** Of a library that nobody changes. */
    public Retrieval(String standaloneQuestion, List<RankedPassage> passages, Evidence evidence) {
        this(standaloneQuestion, passages, evidence, true);
    }

    /** Whether the passages are enough to answer from. */
    public enum Evidence {
        ENOUGH,
        /** Something was found, but nothing near enough. */
        WEAK,
        /** Nothing was found at all. */
        NONE
    }
}
