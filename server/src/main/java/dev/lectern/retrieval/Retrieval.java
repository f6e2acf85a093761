package dev.lectern.retrieval;

import java.time.Duration;
import java.util.List;

/**
 * What was found for a question.
 *
 * @param standaloneQuestion what was searched for: the question itself, or made self-contained from the conversation
 * @param passages best first; weak ones are still in it, so that a reader can be shown the nearest
 * @param settled whether index and library agreed on what was found; not while a change is on its way through both, when something may be missed
 * @param models how long models took for it
 */
public record Retrieval(
        String standaloneQuestion, List<RankedPassage> passages, Evidence evidence, boolean settled, Models models) {

    /** Of a library that nobody changes, without a model. */
    public Retrieval(String standaloneQuestion, List<RankedPassage> passages, Evidence evidence) {
        this(standaloneQuestion, passages, evidence, true, Models.NONE);
    }

    /**
     * How long models took.
     *
     * @param rewriting the question, nothing where a rule does it
     * @param embedding it, next to nothing when its embedding was kept
     */
    public record Models(Duration rewriting, Duration embedding) {
        public static final Models NONE = new Models(Duration.ZERO, Duration.ZERO);
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
