package dev.lectern.answering.streams;

import dev.lectern.shared.MessageId;
import java.util.Optional;

/** The streams of the turns that are being written. A turn that is over is read from its message. Thread-safe. */
public interface KeptStreams {

    TurnStream open(MessageId answer);

    Optional<TurnStream> find(MessageId answer);

    /** Forgets it; those who read it get the rest. */
    void close(MessageId answer);
}
