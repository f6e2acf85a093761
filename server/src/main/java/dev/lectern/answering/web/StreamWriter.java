package dev.lectern.answering.web;

import dev.lectern.answering.kept.EventJson;
import dev.lectern.answering.streams.ReadStream;
import dev.lectern.answering.turn.NumberedEvent;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.http.EventStream;
import dev.lectern.http.EventStreamFactory;
import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Writes a stream to a reader, on the thread of his request, until it is over or he is gone. */
@Component
class StreamWriter {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EventStreamFactory streams;
    private final EventJson json;

    StreamWriter(EventStreamFactory streams, EventJson json) {
        this.streams = streams;
        this.json = json;
    }

    /** @param after the id of the last event that the reader has seen, 0 for none */
    void write(ReadStream kept, long after, Caller caller, HttpServletResponse response) {
        try (EventStream out = streams.open(response)) {
            long seen = after;
            while (out.isOpen()) {
                kept.readerIsThere();
                TurnState state = kept.await(seen, LOOK);
                seen = send(state, seen, caller, out);
                if (state.isOver()) {
                    return;
                }
            }
            // The server stops, and the turn may have ended at the same moment.
            send(kept.await(seen, Duration.ZERO), seen, caller, out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The rest of a turn that is over. */
    void write(TurnState over, long after, Caller caller, HttpServletResponse response) {
        try (EventStream out = streams.open(response)) {
            send(over, after, caller, out);
        }
    }

    private long send(TurnState state, long after, Caller caller, EventStream out) {
        long seen = after;
        for (NumberedEvent event : state.after(after)) {
            out.send(Long.toString(event.id()), json.name(event.event()), json.data(event.event(), caller));
            seen = event.id();
        }
        return seen;
    }
}
