package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnState;
import java.time.Duration;

/** The stream of one turn that is being written: one writes, any number read, none waits for another. Thread-safe. */
public interface TurnStream extends ReadableTurnStream {

    /** Adds an event; never blocks for a reader. */
    void append(TurnEvent event);

    TurnState state();

    /** How long ago a reader was last there; since the beginning when there was none. */
    Duration sinceReader();
}
