package dev.lectern.answering.streams;

import dev.lectern.shared.MessageId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The streams of the turns that this process is writing, by the id of the answer. There are at most as many as turns may run at once, each as large as
 * its passages and the longest answer. A finished turn is read from its message. Thread-safe.
 */
@Component
public final class TurnStreamRegistry {
    private final Map<MessageId, TurnStream> open = new ConcurrentHashMap<>();

    TurnStream open(MessageId answer) {
        TurnStream stream = new TurnStream();
        open.put(answer, stream);
        return stream;
    }

    /** The stream of an answer; empty when this process is not writing it. */
    public Optional<TurnStream> find(MessageId answer) {
        return Optional.ofNullable(open.get(answer));
    }

    /** Removes the stream. Readers that hold it still get its last events. */
    void close(MessageId answer) {
        open.remove(answer);
    }
}
