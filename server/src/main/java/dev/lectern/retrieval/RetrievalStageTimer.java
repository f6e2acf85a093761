package dev.lectern.retrieval;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Measures the stages of retrieval, as the metric {@code lectern_turn_stage_seconds} by stage. */
final class RetrievalStageTimer {
    private final MeterRegistry meters;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    RetrievalStageTimer(MeterRegistry meters) {
        this.meters = meters;
    }

    <T> T time(String stage, Supplier<T> work) {
        Timer timer = timers.computeIfAbsent(stage, this::timer);
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(String stage) {
        return Timer.builder("lectern.turn.stage")
                .description("How long the stages of a turn take")
                .tag("stage", stage)
                // The module answering has the same metric: one name must be a histogram everywhere.
                .publishPercentileHistogram()
                .register(meters);
    }
}
