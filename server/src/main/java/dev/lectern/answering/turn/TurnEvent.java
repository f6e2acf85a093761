package dev.lectern.answering.turn;

import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
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
     * The turn failed.
     *
     * @param detail for people: what is wrong and what to do
     * @param answer with the text, the citations and the usage until then
     * @param retryAfter the time after which asking again makes sense; null when unknown
     */
    record Failed(
            ErrorCode code,
            String detail,
            Answer answer,
            @Nullable Duration retryAfter) implements End {
        public Failed(ErrorCode code, String detail, Answer answer) {
            this(code, detail, answer, null);
        }

        /** A failure with the answer until then. */
        public static Failed of(LecternException failure, Answer answer) {
            return new Failed(
                    failure.code(),
                    failure.clientMessage(),
                    answer,
                    failure.retryAfter().orElse(null));
        }

        /**
         * A failure outside of the turn.
         *
         * @param state what the turn has written until then
         * @param took since the turn began
         */
        public static Failed after(TurnState state, MessageId answer, Duration took, LecternException failure) {
            return of(
                    failure,
                    AnswerFactory.failed(
                            answer,
                            StopSignal.reasonOf(failure.code()),
                            state.text(),
                            state.citations() == null
                                    ? List.of()
                                    : state.citations().citations(),
                            null,
                            TokenUsage.NONE,
                            new AnswerTimings(null, null, null, took.toMillis())));
        }
    }
}
