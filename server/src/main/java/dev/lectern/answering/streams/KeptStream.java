package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnState;
import java.time.Duration;

/** The stream of one turn that is being written: one writes, any number read, none waits for another. Thread-safe. */
public interface KeptStream {

    /** Adds an event; never blocks for a reader. */
    void append(TurnEvent event);

    TurnState state();

    /** The state as soon as it has something for a reader who has seen everything to {@code id}, or after a while as it is then. */
    TurnState await(long id, Duration atMost) throws InterruptedException;

    /** A reader says, at least once a second, that he is still there. */
    void readerIsThere();

    /** How long ago a reader was last there; since the beginning when there was none. */
    Duration sinceReader();
}
