package dev.lectern.answering.web;

import dev.lectern.answering.Answer;
import dev.lectern.answering.streams.ReadableTurnStream;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.List;

/** The answer of a turn for a client that does not accept a stream. */
final class AwaitedAnswer {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

    private AwaitedAnswer() {}

    /**
     * Blocks until the turn is over.
     *
     * @throws LecternException when the turn failed. Nothing was sent yet, so the client gets an HTTP status
     */
    static Answer await(ReadableTurnStream stream) {
        try {
            while (true) {
                stream.recordHeartbeat();
                TurnState state = stream.await(Long.MAX_VALUE, HEARTBEAT_INTERVAL);
                if (state.isOver()) {
                    return of(state);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping. Ask again in a minute.", e);
        }
    }

    /**
     * The answer of a turn that is over.
     *
     * @throws LecternException when the turn failed
     */
    static Answer of(TurnState over) {
        return switch (over.end()) {
            case Finished finished -> finished.answer();
            case Failed failed ->
                throw new LecternException(failed.code(), failed.detail(), List.of(), failed.retryAfter(), null);
            case null -> throw new IllegalArgumentException("The turn is not over");
        };
    }
}
