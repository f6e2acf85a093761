package dev.lectern.conversations;

import dev.lectern.observability.spi.PeriodicTask;
import dev.lectern.shared.ShutdownSignal;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has expired conversations deleted: one of the nodes does it, every hour. */
@Component
@Lazy(false)
class ConversationMaintenance implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ConversationMaintenance.class);
    /** Shorter than the pause of the cleaner, so that another node takes over soon from one that stopped. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    /** Not while the server still loads what readers wait for. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    private final ObjectProvider<ConversationCleaner> cleaner;
    private final ExecutorService executor;
    private boolean failing;
    private final PeriodicTask task = new PeriodicTask(FIRST, INTERVAL, this::cleanUp);

    ConversationMaintenance(ObjectProvider<ConversationCleaner> cleaner, ExecutorService executor) {
        this.cleaner = cleaner;
        this.executor = executor;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        task.start(executor);
    }

    void cleanUp() {
        try {
            int deleted = cleaner.getObject().deleteExpired(task::isStopped);
            log.debug("Deleted {} expired conversations", deleted);
            failing = false;
        } catch (RuntimeException e) {
            if (ShutdownSignal.isCauseOf(e)) {
                log.debug("The server is stopping", e);
                return;
            }
            if (!failing && !task.isStopped()) {
                log.warn("Expired conversations could not be deleted; this is repeated every {}", INTERVAL, e);
            }
            failing = true;
        }
    }

    @Override
    public void destroy() {
        task.stop();
    }
}
