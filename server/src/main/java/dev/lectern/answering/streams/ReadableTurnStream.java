package dev.lectern.answering.streams;

import dev.lectern.answering.turn.TurnState;
import java.time.Duration;

/** The stream of one turn as its readers see it, wherever it is written. Thread-safe. */
public interface ReadableTurnStream {

    /** The state as soon as it has something for a reader who has seen everything to {@code id}, or after a while as it is then. */
    TurnState await(long id, Duration atMost) throws InterruptedException;

    /** A reader says, at least once a second, that he is still there. */
    void readerIsThere();
}
