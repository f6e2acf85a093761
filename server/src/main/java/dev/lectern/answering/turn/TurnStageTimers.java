package dev.lectern.answering.turn;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The timers of {@code lectern_turn_stage_seconds}, each registered once. Thread-safe. */
final class TurnStageTimers {
    private final MeterRegistry meters;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    TurnStageTimers(MeterRegistry meters) {
        this.meters = meters;
    }

    void record(String stage, Duration took) {
        timers.computeIfAbsent(stage, this::timer).record(took);
    }

    private Timer timer(String stage) {
        return Timer.builder("lectern.turn.stage")
                .description("Duration of the stages of a turn")
                .tag("stage", stage)
                .publishPercentileHistogram()
                .register(meters);
    }
}
