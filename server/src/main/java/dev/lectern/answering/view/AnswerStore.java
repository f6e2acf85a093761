package dev.lectern.answering.view;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Status;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.TurnService;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps what turns come to, and makes their streams again from it. */
@Component
public final class AnswerStore {
    private final TurnService turnService;
    private final AnswerPresenter present;

    AnswerStore(TurnService turnService, AnswerPresenter present) {
        this.turnService = turnService;
        this.present = present;
    }

    /** Keeps the end of a turn with its answer. */
    public void keep(End end) {
        Answer answer = end.answer();
        turnService.finish(answer.id(), status(end), answer.text(), AnswerCodec.write(answer));
    }

    /** The state that the turn of a message ended in, as far as it may be shown now. */
    public TurnState stateOf(Message message, Caller caller) {
        Answer answer = present.allowed(message, caller);
        TurnState state = TurnState.EMPTY.with(new Started(message.id(), message.conversation(), message.parent()));
        if (answer.status() == Status.ABSTAINED) {
            state = state.with(new Passages(answer.nearest()));
        } else if (!answer.text().isEmpty()) {
            state = state.with(new Delta(answer.text()));
        }
        if (!answer.citations().isEmpty()) {
            state = state.with(new Citations(answer.citations(), answer.unsupported()));
        }
        return state.with(end(message, answer));
    }

    /** What was found for an answer that is still being written, to be shown at another node; without its text, which is the library's. */
    public static String passages(List<FoundPassage> found) {
        return AnswerCodec.write(found);
    }

    /**
     * The state of an answer that another node is writing.
     *
     * @param passages as {@link #passages} made them; null when nothing was found yet
     */
    public TurnState stateSoFar(Message message, @Nullable String passages, Caller caller) {
        TurnState state = TurnState.EMPTY.with(new Started(message.id(), message.conversation(), message.parent()));
        if (passages != null) {
            state = state.with(new Passages(present.passages(AnswerCodec.readPassages(passages), caller)));
        }
        return message.content().isEmpty() ? state : state.with(new Delta(message.content()));
    }

    private static End end(Message message, Answer answer) {
        if (message.status() != Message.Status.FAILED) {
            return new Finished(answer);
        }
        Optional<ErrorCode> code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.name().equalsIgnoreCase(answer.reason()))
                .findFirst();
        return new Failed(
                code.orElse(ErrorCode.INTERNAL), "This answer failed when it was written. Ask again.", answer);
    }

    private static Message.Status status(End end) {
        return switch (end) {
            case Failed _ -> Message.Status.FAILED;
            case Finished finished when finished.answer().status() == Status.FAILED -> Message.Status.INTERRUPTED;
            case Finished _ -> Message.Status.COMPLETE;
        };
    }
}
