package dev.lectern.answering.streams;

import dev.lectern.conversations.Turns;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Marks as interrupted what a process that died was writing. */
@Component
@Lazy(false)
class InterruptedAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptedAtStart.class);

    private final ObjectProvider<Turns> turns;
    private final ExecutorService executor;
    private final Instant start;

    InterruptedAtStart(ObjectProvider<Turns> turns, ExecutorService executor, Clock clock) {
        this.turns = turns;
        this.executor = executor;
        this.start = clock.instant();
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        executor.execute(() -> {
            int interrupted = turns.getObject().interruptBefore(start);
            if (interrupted > 0) {
                LOG.info(
                        "{} answers were being written when the server stopped; they are kept as interrupted",
                        interrupted);
            }
        });
    }
}
