package dev.lectern.retrieval.rewriting;

import dev.lectern.shared.Deadline;
import java.util.List;

/** Makes a question self-contained. Thread-safe. */
public interface Rewriter {

    /**
     * Never fails: where a model does not answer, the rule does.
     *
     * @param earlier questions of the conversation, oldest first
     */
    Searched rewrite(String question, List<String> earlier, Deadline deadline);

    /** Whether a model is asked, so that the time it takes is the model's. */
    default boolean asksModel() {
        return false;
    }

    /** The rule alone. */
    static Rewriter byRule() {
        return new ByRule();
    }

    /** See {@link FollowUpRule}. */
    final class ByRule implements Rewriter {
        @Override
        public Searched rewrite(String question, List<String> earlier, Deadline deadline) {
            return FollowUpRule.of(question, earlier);
        }

        @Override
        public String toString() {
            return "Rewriting[rule]";
        }
    }
}
