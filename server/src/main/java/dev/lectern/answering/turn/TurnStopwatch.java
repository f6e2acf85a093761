package dev.lectern.answering.turn;

import dev.lectern.answering.AnswerTimings;
import dev.lectern.retrieval.RetrievalResult;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures the stages of one turn for its answer and for {@code lectern_turn_stage_seconds}. */
final class TurnStopwatch {
    private final TurnStageTimers timers;
    private final long start = System.nanoTime();
    private @Nullable Long retrieve;
    private @Nullable Long generate;
    private @Nullable Long firstText;
    private @Nullable Long cache;
    private Duration embedding = Duration.ZERO;
    private Duration model = Duration.ZERO;

    TurnStopwatch(TurnStageTimers timers) {
        this.timers = timers;
    }

    <T> T timeRetrieval(Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            retrieve = recordSince("retrieve", from);
        }
    }

    /** The answer was found in the cache. */
    void recordCacheHit() {
        cache = recordSince("cache", start);
    }

    <T> T timeGeneration(Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            generate = recordSince("generate", from);
        }
    }

    void recordFirstText() {
        if (firstText == null) {
            firstText = recordSince("first_text", start);
        }
    }

    /** Adds the time that the search spent in models. */
    void addSearchModels(RetrievalResult.ModelTimes models) {
        embedding = embedding.plus(models.embedding());
        model = model.plus(models.rewriting());
    }

    /** Adds the time of a call of the chat model. */
    void addModel(Duration took) {
        model = model.plus(took);
    }

    AnswerTimings stop() {
        long nanos = System.nanoTime() - start;
        long own = Math.max(0, nanos - embedding.toNanos() - model.toNanos());
        record("overhead", Duration.ofNanos(own));
        return new AnswerTimings(
                retrieve,
                firstText,
                generate,
                record("total", Duration.ofNanos(nanos)),
                cache,
                millis(embedding.toNanos()),
                millis(model.toNanos()),
                millis(own));
    }

    /** Milliseconds with two decimals. */
    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 1e2;
    }

    private long recordSince(String stage, long from) {
        return record(stage, Duration.ofNanos(System.nanoTime() - from));
    }

    private long record(String stage, Duration took) {
        timers.record(stage, took);
        return took.toMillis();
    }
}
