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
 * The sum of the events of a turn. Pure: the same events always result in the same state.
 *
 * <p>The id of an event says how much a reader has: 1 after {@code started}, 2 after {@code passages}, then 2 plus the length of the text so far, then
 * one more for {@code citations} and one more for the end. So a stream needs no log of its deltas: the state alone, even when it was restored from a
 * stored message, can continue after any id, and a slow reader gets in one delta what a fast one got in many.
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

    /** The state after one more event. Events after the end change nothing. */
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
     * The events after {@code id}, the last event that the reader has; 0 for none. A reader that has more text than was stored, because the node died
     * that wrote it, gets only the end, which contains the whole answer.
     */
    public List<NumberedTurnEvent> after(long id) {
        List<NumberedTurnEvent> missing = new ArrayList<>(5);
        long textEnd = (long) PASSAGES + text.length();
        if (started != null && id < STARTED) {
            missing.add(new NumberedTurnEvent(STARTED, started));
        }
        if (passages != null && id < PASSAGES) {
            missing.add(new NumberedTurnEvent(PASSAGES, passages));
        }
        if (id < textEnd && !text.isEmpty()) {
            missing.add(new NumberedTurnEvent(textEnd, new Delta(text.substring((int) Math.max(0, id - PASSAGES)))));
        }
        if (citations != null && id < textEnd + 1) {
            missing.add(new NumberedTurnEvent(textEnd + 1, citations));
        }
        if (end != null && (id != textEnd + 2 || end.isCutShort())) {
            missing.add(new NumberedTurnEvent(Math.max(textEnd + 2, id), end));
        }
        return missing;
    }

    public boolean isOver() {
        return end != null;
    }
}
