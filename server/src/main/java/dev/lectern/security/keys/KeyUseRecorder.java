package dev.lectern.security.keys;

import dev.lectern.observability.spi.BackgroundTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Stores when keys were used last: once a minute for each key at most, and on another thread than the request's. Thread-safe. */
@Component
class KeyUseRecorder {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_ENTRIES = 10_000;
    private static final Logger log = LoggerFactory.getLogger(KeyUseRecorder.class);

    private final ApiKeyRepository keys;
    private final ExecutorService executor;
    /** The ids of keys, and when their last use was stored by this node. */
    private final Map<String, Instant> stored = new ConcurrentHashMap<>();

    KeyUseRecorder(ApiKeyRepository keys, ExecutorService executor) {
        this.keys = keys;
        this.executor = executor;
    }

    void record(String key, Instant now) {
        Instant due = now.minus(INTERVAL);
        Instant last = stored.get(key);
        if (last != null && last.isAfter(due)) {
            return;
        }
        if (stored.size() >= MAX_ENTRIES) {
            stored.clear();
        }
        boolean isFirst = last == null ? stored.putIfAbsent(key, now) == null : stored.replace(key, last, now);
        if (isFirst) {
            executor.execute(new BackgroundTask(() -> store(key, now, due)));
        }
    }

    private void store(String key, Instant now, Instant due) {
        try {
            keys.setUsed(key, now, due);
        } catch (RuntimeException e) {
            log.warn("The last use of the API key {} could not be stored; the next use is stored in a minute", key, e);
        }
    }
}
