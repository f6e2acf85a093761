package dev.lectern.answering.turn;

import java.util.Optional;
import java.util.function.Consumer;

/** Generates the answer to a question. Thread-safe. */
public interface Turn {
    /** The name of the bean that answers without the cache. */
    String UNCACHED = "uncachedTurn";

    /**
     * Blocks until the turn is over.
     *
     * @param events receives all events except the first, {@code started}, and the last, which is returned
     * @throws dev.lectern.shared.LecternException from the retriever, before any text was written
     */
    TurnEvent.End run(TurnRequest request, StopSignal stop, Consumer<TurnEvent> events);

    /** The end of the turn when the answer is in the cache of this process; empty when the turn must run. */
    default Optional<TurnEvent.End> findCached(TurnRequest request) {
        return Optional.empty();
    }
}
