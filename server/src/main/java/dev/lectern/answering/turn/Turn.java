package dev.lectern.answering.turn;

import java.util.Optional;
import java.util.function.Consumer;

/** From a question to its answer. Thread-safe. */
public interface Turn {

    /**
     * Blocks until the turn is over.
     *
     * @param events gets all but the first and the last, which is returned
     * @throws dev.lectern.shared.LecternException what the retriever throws, before anything was written
     */
    TurnEvent.End take(TurnRequest turnRequest, StopSignal stop, Consumer<TurnEvent> events);

    /** The end of a turn that needs no work at all: its answer is in the memory of this process. */
    default Optional<TurnEvent.End> known(TurnRequest turnRequest) {
        return Optional.empty();
    }
}
