package dev.lectern.answering.turn;

import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheFactory;
import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.CacheLoadWaitLimit;
import dev.lectern.library.LibraryCollections;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers from the cache when the same question was answered before and nothing that the answer depends on has changed. Else it runs the inner turn
 * and caches its answer.
 */
final class CachingTurn implements Turn {
    /** Longer than most answers take. A caller that waited so long for an equal question runs a turn of its own. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Turn turn;
    private final Cache<CachedAnswer> cache;
    private final AnswerCacheKeys keys;
    private final dev.lectern.library.Passages passages;
    private final TurnStageTimers timers;
    private final SavedUsageMeters savedUsage;
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
        this.savedUsage = new SavedUsageMeters(meters);
        this.clock = clock;
    }

    /** @param configuration identifies models, prompt version and limits: a change of any of them leads to other keys */
    static Turn wrap(
            Turn turn,
            CacheFactory cacheFactory,
            CacheLimits limits,
            LibraryCollections collections,
            dev.lectern.library.Passages passages,
            Supplier<String> configuration,
            MeterRegistry meters,
            InstantSource clock) {
        return limits.enabled()
                ? new CachingTurn(
                        turn,
                        cacheFactory.open("answer", limits, new CachedAnswer.JsonCodec()),
                        new AnswerCacheKeys(collections, configuration),
                        passages,
                        meters,
                        clock)
                : turn;
    }

    @Override
    public Optional<End> findCached(TurnRequest request) {
        TurnStopwatch watch = new TurnStopwatch(timers);
        return cache.findLocal(keys.of(request)).map(cached -> {
            watch.recordCacheHit();
            return end(request, cached, watch);
        });
    }

    @Override
    public End run(TurnRequest request, StopSignal stop, Consumer<TurnEvent> events) {
        TurnStopwatch watch = new TurnStopwatch(timers);
        String key = keys.of(request);
        CapturingTurn capturing = new CapturingTurn(turn, request, stop, events);
        Optional<CachedAnswer> cached =
                request.bypassCache() ? put(key, capturing.get()) : cache.get(key, waitLimit(request, stop), capturing);
        End own = capturing.end();
        if (own != null) {
            return own;
        }
        Optional<List<FoundPassage>> present = cached.flatMap(one -> one.loadPassages(passages, request.collections()));
        if (present.isEmpty()) {
            return turn.run(request, stop, events);
        }
        watch.recordCacheHit();
        return replay(request, cached.orElseThrow(), present.get(), events, watch);
    }

    private Optional<CachedAnswer> put(String key, Optional<CachedAnswer> captured) {
        captured.ifPresent(answer -> cache.putAll(Map.of(key, answer)));
        return captured;
    }

    private CacheLoadWaitLimit waitLimit(TurnRequest request, StopSignal stop) {
        return new CacheLoadWaitLimit(request.deadline().atMost(WAIT, clock), stop.cancellation());
    }

    private End replay(
            TurnRequest request,
            CachedAnswer cached,
            List<FoundPassage> present,
            Consumer<TurnEvent> events,
            TurnStopwatch watch) {
        events.accept(new Passages(present));
        watch.recordFirstText();
        events.accept(new Delta(cached.answer().text()));
        events.accept(new Citations(cached.answer().citations(), cached.answer().unsupported()));
        return end(request, cached, watch);
    }

    private End end(TurnRequest request, CachedAnswer cached, TurnStopwatch watch) {
        TokenUsage saved = cached.answer().usage();
        savedUsage.add(saved);
        return new Finished(cached.withIdentity(request.answer(), watch.stop()));
    }

    @Override
    public String toString() {
        return "Caching[" + turn + "]";
    }
}
