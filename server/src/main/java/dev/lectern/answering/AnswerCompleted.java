package dev.lectern.answering;

import dev.lectern.models.ModelFallback;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ModelCallContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Application event: a turn is over. Published once for each turn, however it ended, on the thread that ended it and after the end is stored. It has neither
 * the text of the question nor that of the answer.
 *
 * @param answer also the id of the message, in a conversation
 * @param callerId who asked; null when nobody did, as in an evaluation
 * @param conversation null for a question without a conversation
 * @param collections that were searched; of a turn whose server stopped, empty for all that the caller may read
 * @param reason of an abstention or a failure its code, such as {@code too_weak}, {@code stopped}, {@code interrupted} or {@code model_unavailable}; null when
 *     answered
 * @param model that wrote the text or was called; null when none was called, or when it is not known
 * @param fallback the model that should have answered, and why another one or quotation did; null otherwise
 * @param truncated why the text is cut off; null when it is whole, and of failures
 * @param cached whether the answer came from the answer cache
 * @param usage tokens of this turn; none for a cached answer
 * @param timings null when they are not known, because the server stopped during the turn
 */
public record AnswerCompleted(
        MessageId answer,
        @Nullable String callerId,
        @Nullable ConversationId conversation,
        Set<CollectionId> collections,
        Answer.Status status,
        @Nullable String reason,
        @Nullable String model,
        @Nullable ModelFallback fallback,
        @Nullable Truncation truncated,
        boolean cached,
        TokenUsage usage,
        @Nullable AnswerTimings timings) {
    public AnswerCompleted {
        collections = Set.copyOf(collections);
    }

    /** The end of a turn of this process. */
    public static AnswerCompleted of(Answer answer, ModelCallContext context, Set<CollectionId> collections) {
        Caller caller = context.caller();
        return new AnswerCompleted(
                answer.id(),
                caller == null ? null : caller.id(),
                context.conversation(),
                collections,
                answer.status(),
                answer.reason(),
                answer.model(),
                answer.fallback(),
                answer.truncated(),
                answer.cached(),
                answer.usage(),
                answer.timings());
    }
}
