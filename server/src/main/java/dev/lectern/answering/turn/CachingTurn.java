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
import dev.lectern.caching.WaitLimit;
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
    private final Cache<KeptAnswer> cache;
    private final AnswerKeys keys;
    private final dev.lectern.library.Passages passages;
    private final StageTimers timers;
    private final Savings savings;
    private final InstantSource clock;

    private CachingTurn(
            Turn turn,
            Cache<KeptAnswer> cache,
            AnswerKeys keys,
            dev.lectern.library.Passages passages,
            MeterRegistry meters,
            InstantSource clock) {
        this.turn = turn;
        this.cache = cache;
        this.keys = keys;
        this.passages = passages;
        this.timers = new StageTimers(meters);
        this.savings = new Savings(meters);
        this.clock = clock;
    }

    /** @param recipe what stands for models, prompt and limits: with others the answer would be another */
    public static Turn around(
            Turn turn,
            CacheFactory cacheFactory,
            CacheLimits limits,
            LibraryCollections collections,
            dev.lectern.library.Passages passages,
            Supplier<String> recipe,
            MeterRegistry meters,
            InstantSource clock) {
        return limits.enabled()
                ? new CachingTurn(
                        turn,
                        cacheFactory.open("answer", limits, new KeptAnswer.AsJson()),
                        new AnswerKeys(collections, recipe),
                        passages,
                        meters,
                        clock)
                : turn;
    }

    @Override
    public Optional<End> known(Question question) {
        Stopwatch watch = new Stopwatch(timers);
        return cache.findLocal(keys.of(question)).map(kept -> {
            watch.found();
            return end(question, kept, watch);
        });
    }

    @Override
    public End take(Question question, StopSignal stop, Consumer<TurnEvent> events) {
        Stopwatch watch = new Stopwatch(timers);
        String key = keys.of(question);
        Taking taking = new Taking(turn, question, stop, events);
        Optional<KeptAnswer> kept =
                question.anew() ? keep(key, taking.get()) : cache.get(key, waitLimit(question, stop), taking);
        End own = taking.end();
        if (own != null) {
            return own;
        }
        Optional<List<FoundPassage>> shown = kept.flatMap(one -> one.present(passages, question.collections()));
        if (shown.isEmpty()) {
            return turn.take(question, stop, events);
        }
        watch.found();
        return replay(question, kept.orElseThrow(), shown.get(), events, watch);
    }

    private Optional<KeptAnswer> keep(String key, Optional<KeptAnswer> made) {
        made.ifPresent(answer -> cache.putAll(Map.of(key, answer)));
        return made;
    }

    private WaitLimit waitLimit(Question question, StopSignal stop) {
        return new WaitLimit(question.deadline().atMost(WAIT, clock), stop.cancellation());
    }

    private End replay(
            Question question, KeptAnswer kept, List<FoundPassage> shown, Consumer<TurnEvent> events, Stopwatch watch) {
        events.accept(new Passages(shown));
        watch.text();
        events.accept(new Delta(kept.answer().text()));
        events.accept(new Citations(kept.answer().citations(), kept.answer().unsupported()));
        return end(question, kept, watch);
    }

    private End end(Question question, KeptAnswer kept, Stopwatch watch) {
        TokenUsage saved = kept.answer().usage();
        savings.add(saved);
        return new Finished(kept.again(question.answer(), watch.end()));
    }

    @Override
    public String toString() {
        return "Caching[" + turn + "]";
    }
}
