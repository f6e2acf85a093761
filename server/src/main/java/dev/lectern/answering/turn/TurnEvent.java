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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens in a turn, in this order: started, passages, any number of deltas, citations, and one end. Passages and citations may not come. */
public sealed interface TurnEvent {

    /**
     * @param conversation null when the question is asked without one
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
        /** All that came of it. */
        Answer answer();

        /** Whether it ended where nobody meant it to end, so that readers may have seen more of it. */
        default boolean isCutShort() {
            return Answer.INTERRUPTED.equals(answer().reason());
        }
    }

    /**
     * It came to an answer or an abstention, or it was stopped or left and this is what was written until then.
     *
     * @param repeatable whether another one may be given the same answer: it is complete, has citations, and was written as it is configured
     */
    record Finished(Answer answer, boolean repeatable) implements End {
        public Finished(Answer answer) {
            this(answer, false);
        }
    }

    /** @param detail for a person: what is wrong and what to do */
    record Failed(ErrorCode code, String detail, Answer answer) implements End {

        /** With nothing but the text that was written until then. */
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
