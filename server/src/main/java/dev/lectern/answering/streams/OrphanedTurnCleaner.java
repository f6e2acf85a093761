package dev.lectern.answering.streams;

import dev.lectern.conversations.TurnService;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Marks as interrupted what was being written by a process that died: this one's former self, or another node. */
@Component
@Lazy(false)
class OrphanedTurnCleaner implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedTurnCleaner.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final ObjectProvider<TurnService> turns;
    private final ObjectProvider<RemoteReaders> distant;
    private final ExecutorService executor;
    private volatile boolean stopped;
    private volatile @Nullable Thread watching;

    OrphanedTurnCleaner(ObjectProvider<TurnService> turns, ObjectProvider<RemoteReaders> distant, ExecutorService executor) {
        this.turns = turns;
        this.distant = distant;
        this.executor = executor;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        executor.execute(() -> {
            watching = Thread.currentThread();
            while (!stopped) {
                look();
                LockSupport.parkNanos(this, LOOK_AGAIN.toNanos());
            }
        });
    }

    private void look() {
        try {
            int interrupted = turns.getObject().interruptOrphans();
            if (interrupted > 0) {
                LOG.info(
                        "{} answers were being written when their server stopped; they are kept as interrupted",
                        interrupted);
            }
            distant.getObject().forgetOver();
        } catch (RuntimeException e) {
            LOG.warn("Answers of servers that stopped could not be looked for; they are later", e);
        }
    }

    @Override
    public void destroy() {
        stopped = true;
        LockSupport.unpark(watching);
    }
}
