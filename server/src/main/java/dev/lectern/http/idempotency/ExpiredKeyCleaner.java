package dev.lectern.http.idempotency;

import dev.lectern.http.HttpProperties;
import dev.lectern.observability.spi.PeriodicTask;
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

/** Deletes expired idempotency keys with their responses, also while no request arrives: at the latest a minute after they expire. */
@Component
@Lazy(false)
class ExpiredKeyCleaner implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ExpiredKeyCleaner.class);
    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);

    private final ObjectProvider<IdempotencyRepository> keys;
    private final ExecutorService executor;
    private final Duration interval;
    private final PeriodicTask task;
    private boolean failing;

    ExpiredKeyCleaner(ObjectProvider<IdempotencyRepository> keys, ExecutorService executor, HttpProperties properties) {
        this.keys = keys;
        this.executor = executor;
        this.interval = intervalFor(properties.idempotencyKept());
        this.task = new PeriodicTask(Duration.ZERO, interval, this::cleanUp);
    }

    /** A tenth of the retention, between 100 ms and a minute. */
    static Duration intervalFor(Duration kept) {
        Duration tenth = kept.dividedBy(10);
        return tenth.compareTo(MAX_INTERVAL) > 0
                ? MAX_INTERVAL
                : tenth.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : tenth;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        task.start(executor);
    }

    private void cleanUp() {
        try {
            int deleted = keys.getObject().deleteExpired();
            log.debug("Deleted {} expired idempotency keys", deleted);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !task.isStopped()) {
                log.warn("Expired idempotency keys could not be deleted; this is repeated every {}", interval, e);
            }
            failing = true;
        }
    }

    @Override
    public void destroy() {
        task.stop();
    }
}
