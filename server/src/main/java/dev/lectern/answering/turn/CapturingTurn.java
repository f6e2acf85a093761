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

/** Takes a turn, passing its events on, and gives what of it may be kept. For one thread and once. */
final class CapturingTurn implements Supplier<Optional<CachedAnswer>>, Consumer<TurnEvent> {
    private final Turn turn;
    private final TurnRequest turnRequest;
    private final StopSignal stop;
    private final Consumer<TurnEvent> events;
    private List<FoundPassage> passages = List.of();
    private @Nullable End end;

    CapturingTurn(Turn turn, TurnRequest turnRequest, StopSignal stop, Consumer<TurnEvent> events) {
        this.turn = turn;
        this.turnRequest = turnRequest;
        this.stop = stop;
        this.events = events;
    }

    @Override
    public Optional<CachedAnswer> get() {
        End taken = turn.take(turnRequest, stop, this);
        end = taken;
        return taken instanceof Finished finished && finished.repeatable()
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

    /** How the turn ended; null when it was not taken. */
    @Nullable End end() {
        return end;
    }
}
