package dev.lectern.retrieval.rewriting;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/** Makes a question self-contained. Thread-safe. */
public interface QuestionRewriter {

    /**
     * Never fails: where a model does not answer, the rule applies.
     *
     * @param earlier questions of the conversation, oldest first
     * @param context of the search, recorded in the usage ledger if a model is called
     * @param cancellation stops a running call of a model at once
     */
    RewrittenQuestion rewrite(
            String question,
            List<String> earlier,
            ModelCallContext context,
            Cancellation cancellation,
            Deadline deadline);

    /** Whether a chat model is called, so that its time counts as time of models. */
    default boolean callsModel() {
        return false;
    }

    /** Without a model. */
    static QuestionRewriter byRule() {
        return new RuleQuestionRewriter();
    }

    /** See {@link FollowUpRule}. */
    final class RuleQuestionRewriter implements QuestionRewriter {
        @Override
        public RewrittenQuestion rewrite(
                String question,
                List<String> earlier,
                ModelCallContext context,
                Cancellation cancellation,
                Deadline deadline) {
            return FollowUpRule.of(question, earlier);
        }

        @Override
        public String toString() {
            return "QuestionRewriter[rule]";
        }
    }
}
