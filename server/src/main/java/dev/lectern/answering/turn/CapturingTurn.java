package dev.lectern.answering.turn;

import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a turn once, passes its events on, and captures the answer with its passages for the cache. Not thread-safe. */
final class CapturingTurn implements Supplier<Optional<CachedAnswer>>, Consumer<TurnEvent> {
    private final Turn turn;
    private final TurnRequest request;
    private final StopSignal stop;
    private final Consumer<TurnEvent> events;
    private List<FoundPassage> passages = List.of();
    private @Nullable End end;

    CapturingTurn(Turn turn, TurnRequest request, StopSignal stop, Consumer<TurnEvent> events) {
        this.turn = turn;
        this.request = request;
        this.stop = stop;
        this.events = events;
    }

    @Override
    public Optional<CachedAnswer> get() {
        End captured = turn.run(request, stop, this);
        end = captured;
        return captured instanceof Finished finished && finished.cacheable()
                ? Optional.of(CachedAnswer.of(finished.answer(), passages))
                : Optional.empty();
    }

    @Override
    public void accept(TurnEvent event) {
        if (event instanceof Passages found) {
            passages = found.items();
        }
        events.accept(event);
    }

    /** The end of the turn; null when the turn did not run. */
    @Nullable End end() {
        return end;
    }
}
