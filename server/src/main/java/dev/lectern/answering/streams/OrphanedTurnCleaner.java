package dev.lectern.answering.streams;

import dev.lectern.conversations.TurnService;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ShutdownSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** Marks as interrupted the answers of dead nodes, the previous process of this node included, and deletes the signals of finished answers. */
@Component
@Lazy(false)
class OrphanedTurnCleaner implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(OrphanedTurnCleaner.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ObjectProvider<TurnService> turns;
    private final ObjectProvider<RemoteReaders> remoteReaders;
    private final ExecutorService executor;
    private volatile boolean stopped;
    private volatile @Nullable Thread worker;

    OrphanedTurnCleaner(
            ObjectProvider<TurnService> turns, ObjectProvider<RemoteReaders> remoteReaders, ExecutorService executor) {
        this.turns = turns;
        this.remoteReaders = remoteReaders;
        this.executor = executor;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        executor.execute(new BackgroundTask(() -> {
            worker = Thread.currentThread();
            while (!stopped) {
                cleanUp();
                LockSupport.parkNanos(this, INTERVAL.toNanos());
            }
        }));
    }

    private void cleanUp() {
        try {
            int interrupted = turns.getObject().interruptOrphanedAnswers();
            if (interrupted > 0) {
                log.info("Marked {} answers as interrupted, because the server that wrote them stopped", interrupted);
            }
            deleteFinishedSignals(remoteReaders.getObject());
        } catch (RuntimeException e) {
            if (ShutdownSignal.isCauseOf(e)) {
                log.debug("The server is stopping", e);
                return;
            }
            log.warn("The search for interrupted answers failed; it is repeated in {}", INTERVAL, e);
        }
    }

    /** Lists the signals first: an answer that starts in between is then not among them. */
    private void deleteFinishedSignals(RemoteReaders readers) {
        List<MessageId> finished = new ArrayList<>(readers.listAnswers());
        if (!finished.isEmpty()) {
            finished.removeAll(turns.getObject().findGenerating(finished));
            readers.delete(finished);
        }
    }

    @Override
    public void destroy() {
        stopped = true;
        LockSupport.unpark(worker);
    }
}
