package dev.lectern.caching.tiers;

import dev.lectern.caching.CacheLoadWaitLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the load of another thread or node, on behalf of one thread. Not thread-safe. */
final class LoadWaiter {
    /** Upper bound of every wait. */
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private final CacheLoadWaitLimit limit;
    private final InstantSource clock;
    private final CompletableFuture<@Nullable CacheEntry> cancelled = new CompletableFuture<>();

    LoadWaiter(CacheLoadWaitLimit limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        limit.cancellation().onCancel(() -> cancelled.complete(null));
    }

    /** The loaded entry; null when the load returned nothing or did not end in time. */
    @Nullable CacheEntry await(CompletableFuture<@Nullable CacheEntry> flight) {
        return waitFor(flight.applyToEither(cancelled, entry -> entry), MAX_WAIT);
    }

    /** Waits for the given time; false when the limit has passed or the caller was cancelled. */
    boolean pause(Duration time) {
        waitFor(cancelled, time);
        return !cancelled.isDone() && !limit.until().hasPassed(clock);
    }

    private @Nullable CacheEntry waitFor(CompletableFuture<@Nullable CacheEntry> future, Duration atMost) {
        Duration left = limit.until().remaining(clock);
        try {
            return future.get((left.compareTo(atMost) < 0 ? left : atMost).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nothing) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancelled.complete(null);
            return null;
        }
    }
}
