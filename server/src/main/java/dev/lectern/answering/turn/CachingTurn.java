package dev.lectern.answering.turn;

import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.Caches;
import dev.lectern.caching.Patience;
import dev.lectern.library.LibraryCollections;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives an answer again that was given to the same question, when nothing that it depends on has changed. Else the turn is taken, and its answer kept. */
public final class CachingTurn implements Turn {
    /** Longer than most answers take; whoever has waited so long for the same answer asks for one of his own. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Turn turn;
    private final Cache<CachedAnswer> cache;
    private final AnswerCacheKeys keys;
    private final dev.lectern.library.Passages passages;
    private final TurnStageTimers timers;
    private final SavedUsageMeters savedUsageMeters;
    private final InstantSource clock;

    private CachingTurn(
            Turn turn,
            Cache<CachedAnswer> cache,
            AnswerCacheKeys keys,
            dev.lectern.library.Passages passages,
            MeterRegistry meters,
            InstantSource clock) {
        this.turn = turn;
        this.cache = cache;
        this.keys = keys;
        this.passages = passages;
        this.timers = new TurnStageTimers(meters);
        this.savedUsageMeters = new SavedUsageMeters(meters);
        this.clock = clock;
    }

    /** @param recipe what stands for models, prompt and limits: with others the answer would be another */
    public static Turn around(
            Turn turn,
            Caches caches,
            CacheLimits limits,
            LibraryCollections collections,
            dev.lectern.library.Passages passages,
            Supplier<String> recipe,
            MeterRegistry meters,
            InstantSource clock) {
        return limits.enabled()
                ? new CachingTurn(
                        turn,
                        caches.open("answer", limits, new CachedAnswer.AsJson()),
                        new AnswerCacheKeys(collections, recipe),
                        passages,
                        meters,
                        clock)
                : turn;
    }

    @Override
    public Optional<End> known(TurnRequest turnRequest) {
        TurnStopwatch watch = new TurnStopwatch(timers);
        return cache.near(keys.of(turnRequest)).map(kept -> {
            watch.found();
            return end(turnRequest, kept, watch);
        });
    }

    @Override
    public End take(TurnRequest turnRequest, StopSignal stop, Consumer<TurnEvent> events) {
        TurnStopwatch watch = new TurnStopwatch(timers);
        String key = keys.of(turnRequest);
        CapturingTurn capturingTurn = new CapturingTurn(turn, turnRequest, stop, events);
        Optional<CachedAnswer> kept =
                turnRequest.anew() ? keep(key, capturingTurn.get()) : cache.get(key, patience(turnRequest, stop), capturingTurn);
        End own = capturingTurn.end();
        if (own != null) {
            return own;
        }
        Optional<List<FoundPassage>> shown = kept.flatMap(one -> one.present(passages, turnRequest.collections()));
        if (shown.isEmpty()) {
            return turn.take(turnRequest, stop, events);
        }
        watch.found();
        return replay(turnRequest, kept.orElseThrow(), shown.get(), events, watch);
    }

    private Optional<CachedAnswer> keep(String key, Optional<CachedAnswer> made) {
        made.ifPresent(answer -> cache.putAll(Map.of(key, answer)));
        return made;
    }

    private Patience patience(TurnRequest turnRequest, StopSignal stop) {
        return new Patience(turnRequest.deadline().atMost(WAIT, clock), stop.cancellation());
    }

    private End replay(
            TurnRequest turnRequest, CachedAnswer kept, List<FoundPassage> shown, Consumer<TurnEvent> events, TurnStopwatch watch) {
        events.accept(new Passages(shown));
        watch.text();
        events.accept(new Delta(kept.answer().text()));
        events.accept(new Citations(kept.answer().citations(), kept.answer().unsupported()));
        return end(turnRequest, kept, watch);
    }

    private End end(TurnRequest turnRequest, CachedAnswer kept, TurnStopwatch watch) {
        TokenUsage saved = kept.answer().usage();
        savedUsageMeters.add(saved);
        return new Finished(kept.again(turnRequest.answer(), watch.end()));
    }

    @Override
    public String toString() {
        return "Caching[" + turn + "]";
    }
}
