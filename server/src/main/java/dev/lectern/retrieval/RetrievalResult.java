package dev.lectern.retrieval;

import java.time.Duration;
import java.util.List;

/**
 * The ranked passages for a question.
 *
 * @param standaloneQuestion the question that was searched: as it was asked, or made self-contained from the conversation
 * @param passages best first; weak ones are included, so that the nearest can be shown to the reader
 * @param consistent whether index and library agreed on the passages; false while a change is in progress, when passages may be missing
 * @param models time that models took
 */
public record RetrievalResult(
        String standaloneQuestion,
        List<RankedPassage> passages,
        Evidence evidence,
        boolean consistent,
        ModelTimes models) {

    /** A consistent result that needed no model. */
    public RetrievalResult(String standaloneQuestion, List<RankedPassage> passages, Evidence evidence) {
        this(standaloneQuestion, passages, evidence, true, ModelTimes.NONE);
    }

    /**
     * Time that models took.
     *
     * @param rewriting to rewrite the question; zero where a rule does it
     * @param embedding to embed it; next to zero when its embedding was cached
     */
    public record ModelTimes(Duration rewriting, Duration embedding) {
        public static final ModelTimes NONE = new ModelTimes(Duration.ZERO, Duration.ZERO);
    }

    /** Whether the passages suffice for an answer. */
    public enum Evidence {
        ENOUGH,
        /** Passages were found, but none is near enough. */
        WEAK,
        /** No passage was found. */
        NONE
    }
}
