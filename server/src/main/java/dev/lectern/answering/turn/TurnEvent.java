package dev.lectern.answering.turn;

import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.MessageId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a turn. The order is: started, passages, any number of deltas, citations, and one end. Passages and citations may be missing. */
public sealed interface TurnEvent {

    /**
     * @param conversation null for a question without a conversation
     * @param question null likewise
     */
    record Started(
            MessageId message,
            @Nullable ConversationId conversation,
            @Nullable MessageId question) implements TurnEvent {}

    record Passages(List<FoundPassage> items) implements TurnEvent {
        public Passages {
            items = List.copyOf(items);
        }
    }

    /** @param text more of the answer, not empty */
    record Delta(String text) implements TurnEvent {}

    record Citations(List<Citation> citations, List<UnsupportedSentence> unsupported) implements TurnEvent {
        public Citations {
            citations = List.copyOf(citations);
            unsupported = List.copyOf(unsupported);
        }
    }

    /** The last event of a turn. */
    sealed interface End extends TurnEvent {
        /** The answer, complete or not. */
        Answer answer();

        /** Whether the turn was interrupted, so that readers may have seen more text than the answer has. */
        default boolean isCutShort() {
            return Answer.INTERRUPTED.equals(answer().reason());
        }
    }

    /**
     * The turn led to an answer or an abstention, or it was stopped or interrupted and the answer has the text until then.
     *
     * @param cacheable whether the answer may be cached: it is complete, has citations, was written by the configured model, and no document was still to be read
     */
    record Finished(Answer answer, boolean cacheable) implements End {
        public Finished(Answer answer) {
            this(answer, false);
        }
    }

    /**
     * @param detail for people: what is wrong and what to do
     * @param retryAfter time after which another attempt makes sense; null when unknown
     */
    record Failed(
            ErrorCode code,
            String detail,
            Answer answer,
            @Nullable Duration retryAfter) implements End {
        public Failed(ErrorCode code, String detail, Answer answer) {
            this(code, detail, answer, null);
        }

        /** The same failure with the time after which another attempt makes sense. */
        public Failed withRetryAfter(@Nullable Duration wait) {
            return new Failed(code, detail, answer, wait);
        }

        /** A failure whose answer has only the text that was written until then. */
        public static Failed after(String text, MessageId answer, ErrorCode code, String detail) {
            return new Failed(
                    code,
                    detail,
                    AnswerFactory.failed(
                            answer,
                            StopSignal.reasonOf(code),
                            text,
                            List.of(),
                            null,
                            TokenUsage.NONE,
                            new AnswerTimings(null, null, null, 0)));
        }
    }
}
