package dev.lectern.answering.web;

import dev.lectern.answering.streams.ReadableTurnStream;
import dev.lectern.answering.turn.NumberedTurnEvent;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.http.EventStream;
import dev.lectern.http.EventStreamFactory;
import dev.lectern.security.CollectionAccess;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Writes the events of a turn to an HTTP response, on the thread of the request, until the turn is over or the reader has gone. */
@Component
class TurnStreamWriter {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

    private final EventStreamFactory streams;
    private final TurnEventJson json;
    private final CollectionAccess access;

    TurnStreamWriter(EventStreamFactory streams, TurnEventJson json, CollectionAccess access) {
        this.streams = streams;
        this.json = json;
        this.access = access;
    }

    /**
     * @param after the id of the last event that the reader has seen, 0 for none
     * @param searched the collections that the answer may be from: once the reader may not read one of them, the stream ends
     * @return the last state of the turn that was written: not over when the reader has gone or the server is stopping
     */
    TurnState write(
            ReadableTurnStream stream,
            long after,
            Caller caller,
            Set<CollectionId> searched,
            HttpServletResponse response) {
        TurnState state = TurnState.EMPTY;
        try (EventStream out = streams.open(response, reader -> requireReadable(reader, searched))) {
            long seen = after;
            while (out.isOpen()) {
                stream.recordHeartbeat();
                state = stream.await(seen, HEARTBEAT_INTERVAL);
                seen = send(state, seen, caller, out);
                if (state.isOver()) {
                    return state;
                }
            }
            // The server is stopping, and the turn may have ended at the same moment.
            state = stream.await(seen, Duration.ZERO);
            send(state, seen, caller, out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return state;
    }

    private void requireReadable(Caller reader, Set<CollectionId> searched) {
        for (CollectionId collection : searched) {
            access.require(
                    reader,
                    Permission.READ,
                    collection,
                    () -> new LecternException(
                            ErrorCode.FORBIDDEN, "You may no longer read the collections that are searched. Ask again."));
        }
    }

    /** Writes the remaining events of a finished turn. */
    void write(TurnState over, long after, Caller caller, HttpServletResponse response) {
        try (EventStream out = streams.open(response)) {
            send(over, after, caller, out);
        }
    }

    private long send(TurnState state, long after, Caller caller, EventStream out) {
        long seen = after;
        for (NumberedTurnEvent event : state.after(after)) {
            out.send(Long.toString(event.id()), json.name(event.event()), json.data(event.event(), caller));
            seen = event.id();
        }
        return seen;
    }
}
