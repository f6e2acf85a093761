package dev.lectern.ingestion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoopMonitorTest {
    private final LoopMonitor monitor = new LoopMonitor(() -> Instant.EPOCH);
    private final Logger logger = (Logger) LoggerFactory.getLogger(LoopMonitor.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private long errors() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .count();
    }

    @Test
    void failure_ofAnyKind_isLoggedOnceAndCountedUntilItWorks() {
        for (int i = 1; i <= 5; i++) {
            assertThat(monitor.attemptNow("The work", () -> {
                        throw new StackOverflowError("planted");
                    }))
                    .isEqualTo(i);
        }
        assertThat(errors()).isEqualTo(1);
        assertThat(lines.list.getFirst().getFormattedMessage()).contains("The work failed", "check the database");
        assertThat(monitor.describe()).contains("The work has failed 5 times in a row", "StackOverflowError");

        assertThat(monitor.attemptNow("The work", () -> {
                    throw new IllegalStateException("another");
                }))
                .isEqualTo(6);
        assertThat(errors()).isEqualTo(2);
        assertThat(monitor.attemptNow("The work", () -> {})).isZero();
        assertThat(monitor.describe()).isNull();
    }

    @Test
    void loop_thatThrows_goesOn() {
        AtomicInteger rounds = new AtomicInteger();
        RestartingLoop.run("The loop", monitor, () -> rounds.get() >= 2, () -> {
            if (rounds.incrementAndGet() == 1) {
                throw new StackOverflowError("planted");
            }
        });
        assertThat(rounds).hasValue(2);
        assertThat(monitor.listFailing()).isEmpty();
    }
}
