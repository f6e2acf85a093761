package dev.lectern.caching.redis;

import dev.lectern.caching.TokenBuckets.Balance;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The buckets that this node found empty, each until it is full again: at most {@value #MAX}. Nothing but time fills a bucket. Thread-safe. */
final class EmptyBuckets {
    static final int MAX = 10_000;

    private final TimeMeter clock;
    private final Map<String, Long> fullAt = new ConcurrentHashMap<>();

    EmptyBuckets(TimeMeter clock) {
        this.clock = clock;
    }

    /** @param untilFull nanoseconds */
    void put(String bucket, long untilFull) {
        long now = clock.currentTimeNanos();
        if (fullAt.size() >= MAX) {
            fullAt.values().removeIf(time -> time <= now);
        }
        if (fullAt.size() < MAX) {
            fullAt.put(bucket, now + untilFull);
        }
    }

    /** Empty for a bucket that may have tokens. */
    Optional<Balance> find(String bucket) {
        Long time = fullAt.get(bucket);
        if (time == null) {
            return Optional.empty();
        }
        long left = time - clock.currentTimeNanos();
        if (left <= 0) {
            fullAt.remove(bucket, time);
            return Optional.empty();
        }
        return Optional.of(new Balance(false, 0, Duration.ofNanos(left)));
    }
}
