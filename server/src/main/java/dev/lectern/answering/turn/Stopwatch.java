package dev.lectern.answering.turn;

import dev.lectern.answering.Timings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Times the stages of one turn, for its answer and for {@code lectern_turn_stage_seconds}. */
final class Stopwatch {
    private final MeterRegistry meters;
    private final long start = System.nanoTime();
    private @Nullable Long retrieve;
    private @Nullable Long generate;
    private @Nullable Long firstText;
    private @Nullable Long cache;

    Stopwatch(MeterRegistry meters) {
        this.meters = meters;
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

    Timings end() {
        return new Timings(retrieve, firstText, generate, note("total", start), cache);
    }

    private long note(String stage, long from) {
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        Timer.builder("lectern.turn.stage")
                .description("How long the stages of a turn take")
                .tag("stage", stage)
                .publishPercentileHistogram()
                .register(meters)
                .record(took);
        return took.toMillis();
    }
}
