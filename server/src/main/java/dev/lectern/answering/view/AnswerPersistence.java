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
import dev.lectern.conversations.AnswerOutcome;
import dev.lectern.conversations.AnswerWithoutOutcome;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.TurnService;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Stores the answers of turns, and restores the state of a turn from a stored message. */
@Component
public final class AnswerPersistence {
    private static final Logger log = LoggerFactory.getLogger(AnswerPersistence.class);

    private final TurnService turns;
    private final AnswerPresenter presenter;

    AnswerPersistence(TurnService turns, AnswerPresenter presenter) {
        this.turns = turns;
        this.presenter = presenter;
    }

    /** Stores the answer of a finished turn. Returns false when another node has ended it, because it took this one for dead. */
    public boolean save(End end) {
        Answer answer = end.answer();
        boolean stored =
                turns.finish(answer.id(), status(end), answer.text(), AnswerCodec.write(answer), outcome(answer));
        return stored || !turns.exists(answer.id());
    }

    /**
     * Completes up to {@code limit} answers of older versions, which stored status, reason and model in their JSON alone.
     *
     * @return how many were found; fewer than {@code limit} when there are no more
     */
    public int completeOutcomes(int limit) {
        return turns.completeOutcomes(limit, AnswerPersistence::readOutcome);
    }

    private static AnswerOutcome readOutcome(AnswerWithoutOutcome stored) {
        String json = stored.json();
        if (json == null) {
            return AnswerOutcome.INTERRUPTED;
        }
        try {
            return outcome(AnswerCodec.read(json));
        } catch (JacksonException unreadable) {
            log.warn("The stored answer {} cannot be read: {}", stored.answer(), unreadable.getOriginalMessage());
            boolean complete = stored.status() == Message.Status.COMPLETE;
            return new AnswerOutcome(lower(complete ? Status.ANSWERED : Status.FAILED), null, null);
        }
    }

    private static AnswerOutcome outcome(Answer answer) {
        return new AnswerOutcome(lower(answer.status()), answer.reason(), answer.model());
    }

    private static String lower(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** Restores the final state of the turn of a message, as far as the caller may see it now. */
    public TurnState restoreState(Message message, Caller caller) {
        Answer answer = presenter.redact(message, caller);
        return events(new Started(message.id(), message.conversation(), message.parent()), answer)
                .with(end(message, answer));
    }

    /** The JSON of an answer without a conversation, for {@link #restoreState(String, Caller)}. */
    public static String write(Answer answer) {
        return AnswerCodec.write(answer);
    }

    /**
     * Restores the final state of a turn without a conversation, as far as the caller may see it now.
     *
     * @param answer JSON of {@link #write}
     */
    public TurnState restoreState(String answer, Caller caller) {
        Answer shown = presenter.redact(AnswerCodec.read(answer), caller);
        return events(new Started(shown.id(), null, null), shown).with(new Finished(shown));
    }

    private static TurnState events(Started started, Answer answer) {
        TurnState state = TurnState.EMPTY.with(started);
        if (answer.status() == Status.ABSTAINED) {
            state = state.with(new Passages(answer.nearest()));
        } else if (!answer.text().isEmpty()) {
            state = state.with(new Delta(answer.text()));
        }
        if (!answer.citations().isEmpty()) {
            state = state.with(new Citations(answer.citations(), answer.unsupported()));
        }
        return state;
    }

    /** The JSON of found passages, without their text, for readers at other nodes. */
    public static String writePassages(List<FoundPassage> found) {
        return AnswerCodec.write(found);
    }

    /**
     * Restores the state of a turn that another node is running.
     *
     * @param passages JSON of {@link #writePassages}; null before the search is done
     */
    public TurnState restoreProgress(Message message, @Nullable String passages, Caller caller) {
        TurnState state = TurnState.EMPTY.with(new Started(message.id(), message.conversation(), message.parent()));
        if (passages != null) {
            state = state.with(new Passages(presenter.refreshPassages(AnswerCodec.readPassages(passages), caller)));
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
                code.orElse(ErrorCode.INTERNAL), "The answer failed while it was written. Ask again.", answer);
    }

    private static Message.Status status(End end) {
        return switch (end) {
            case Failed _ -> Message.Status.FAILED;
            case Finished finished when finished.answer().status() == Status.FAILED -> Message.Status.INTERRUPTED;
            case Finished _ -> Message.Status.COMPLETE;
        };
    }
}
