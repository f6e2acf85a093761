package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnState;
import java.time.Duration;

/** The stream of one turn for its readers, on whatever node it is written. Thread-safe. */
public interface ReadableTurnStream {

    /**
     * Blocks until the state has an event after {@code id}, the turn is over, or the time is up.
     *
     * @param id of the last event that the reader has; {@link Long#MAX_VALUE} to wait for the end
     * @return the state at that moment
     */
    TurnState await(long id, Duration atMost) throws InterruptedException;

    /** Tells the writer that a reader is still connected. A reader calls it at least once a second. */
    void recordHeartbeat();
}
