package dev.lectern.answering.web;

import dev.lectern.answering.Answer;
import dev.lectern.answering.streams.TurnStream;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;

/** What a client gets who does not want a stream. */
final class AwaitedAnswer {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private AwaitedAnswer() {}

    /**
     * Waits for the end of a turn.
     *
     * @throws LecternException when it failed: nothing was sent yet, so it is a status
     */
    static Answer of(TurnStream stream) {
        try {
            while (true) {
                stream.readerIsThere();
                TurnState state = stream.await(Long.MAX_VALUE, LOOK);
                switch (state.end()) {
                    case Finished finished -> {
                        return finished.answer();
                    }
                    case Failed failed -> throw new LecternException(failed.code(), failed.detail());
                    case null -> {}
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping. Ask again in a minute.", e);
        }
    }
}
