package dev.lectern.retrieval;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Times the stages of a turn that are retrieval's, as {@code lectern_turn_stage_seconds} by stage. */
final class Stages {
    private final MeterRegistry meters;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    Stages(MeterRegistry meters) {
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
                // As answering does: one name cannot be a histogram here and none there.
                .publishPercentileHistogram()
                .register(meters);
    }
}
