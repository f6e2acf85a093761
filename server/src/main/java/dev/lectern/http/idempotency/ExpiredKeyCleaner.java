package dev.lectern.http.idempotency;

import dev.lectern.http.HttpProperties;
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
    private boolean failing;
    private volatile boolean stopped;
    private volatile @Nullable Thread worker;

    ExpiredKeyCleaner(ObjectProvider<IdempotencyRepository> keys, ExecutorService executor, HttpProperties properties) {
        this.keys = keys;
        this.executor = executor;
        this.interval = intervalFor(properties.idempotencyKept());
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
        executor.execute(() -> {
            worker = Thread.currentThread();
            while (!stopped) {
                cleanUp();
                LockSupport.parkNanos(this, interval.toNanos());
            }
        });
    }

    private void cleanUp() {
        try {
            int deleted = keys.getObject().deleteExpired();
            log.debug("Deleted {} expired idempotency keys", deleted);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !stopped) {
                log.warn("Expired idempotency keys could not be deleted; this is repeated every {}", interval, e);
            }
            failing = true;
        }
    }

    @Override
    public void destroy() {
        stopped = true;
        LockSupport.unpark(worker);
    }
}
