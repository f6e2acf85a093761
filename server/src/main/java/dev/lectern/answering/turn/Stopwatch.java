package dev.lectern.answering.turn;

import dev.lectern.answering.Timings;
import dev.lectern.retrieval.RetrievalResult;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Times the stages of one turn, for its answer and for {@code lectern_turn_stage_seconds}. */
final class Stopwatch {
    private final StageTimers timers;
    private final long start = System.nanoTime();
    private @Nullable Long retrieve;
    private @Nullable Long generate;
    private @Nullable Long firstText;
    private @Nullable Long cache;
    private Duration embedding = Duration.ZERO;
    private Duration model = Duration.ZERO;

    Stopwatch(StageTimers timers) {
        this.timers = timers;
    }

    <T> T retrieve(Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            retrieve = note("retrieve", from);
        }
    }

    /** An answer of before was found. */
    void found() {
        cache = note("cache", start);
    }

    <T> T generate(Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            generate = note("generate", from);
        }
    }

    void text() {
        if (firstText == null) {
            firstText = note("first_text", start);
        }
    }

    /** Models were asked for the search. */
    void waited(RetrievalResult.ModelTimes models) {
        embedding = embedding.plus(models.embedding());
        model = model.plus(models.rewriting());
    }

    /** A model has written for so long. */
    void wrote(Duration took) {
        model = model.plus(took);
    }

    Timings end() {
        long nanos = System.nanoTime() - start;
        long own = Math.max(0, nanos - embedding.toNanos() - model.toNanos());
        record("overhead", Duration.ofNanos(own));
        return new Timings(
                retrieve,
                firstText,
                generate,
                record("total", Duration.ofNanos(nanos)),
                cache,
                millis(embedding.toNanos()),
                millis(model.toNanos()),
                millis(own));
    }

    /** With two decimals. */
    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 1e2;
    }

    private long note(String stage, long from) {
        return record(stage, Duration.ofNanos(System.nanoTime() - from));
    }

    private long record(String stage, Duration took) {
        timers.record(stage, took);
        return took.toMillis();
    }
}
