package dev.lectern.answering.turn;

import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.turn.TurnEvent.Started;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a turn add up to. Pure: the same events always make the same state.
 *
 * <p>The id of an event tells how much a reader has: 1 after {@code started}, 2 after {@code passages}, then 2 and the length of the text so far, then one
 * more for {@code citations} and one more for the end. So a stream needs no log of its pieces: whoever knows the state, even one made again from a kept
 * message, can go on after any id, and a slow reader gets in one piece what a quick one got in many.
 */
public record TurnState(
        @Nullable Started started,
        @Nullable Passages passages,
        String text,
        @Nullable Citations citations,
        @Nullable End end) {
    private static final int STARTED = 1;
    private static final int PASSAGES = 2;

    public static final TurnState EMPTY = new TurnState(null, null, "", null, null);

    /** The state after one more event; what comes after the end changes nothing. */
    public TurnState with(TurnEvent event) {
        if (end != null) {
            return this;
        }
        return switch (event) {
            case Started next -> new TurnState(next, passages, text, citations, null);
            case Passages next -> new TurnState(started, next, text, citations, null);
            case Delta next -> new TurnState(started, passages, text + next.text(), citations, null);
            case Citations next -> new TurnState(started, passages, text, next, null);
            case End next -> new TurnState(started, passages, text, citations, next);
        };
    }

    /**
     * The events that a reader lacks who has seen everything to {@code id}; 0 for one who has seen nothing. Who has seen more than was kept, because the
     * process that wrote it died, gets the end: it has the whole answer.
     */
    public List<NumberedTurnEvent> after(long id) {
        List<NumberedTurnEvent> lacking = new ArrayList<>(5);
        long textEnd = (long) PASSAGES + text.length();
        if (started != null && id < STARTED) {
            lacking.add(new NumberedTurnEvent(STARTED, started));
        }
        if (passages != null && id < PASSAGES) {
            lacking.add(new NumberedTurnEvent(PASSAGES, passages));
        }
        if (id < textEnd && !text.isEmpty()) {
            lacking.add(new NumberedTurnEvent(textEnd, new Delta(text.substring((int) Math.max(0, id - PASSAGES)))));
        }
        if (citations != null && id < textEnd + 1) {
            lacking.add(new NumberedTurnEvent(textEnd + 1, citations));
        }
        if (end != null && (id != textEnd + 2 || end.isCutShort())) {
            lacking.add(new NumberedTurnEvent(Math.max(textEnd + 2, id), end));
        }
        return lacking;
    }

    public boolean isOver() {
        return end != null;
    }
}
