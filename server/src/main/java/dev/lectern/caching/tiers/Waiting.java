package dev.lectern.caching.tiers;

import dev.lectern.caching.Patience;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One thread's waiting for what another one loads. Not thread-safe. */
final class Waiting {
    /** Nobody is more patient than this. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Patience patience;
    private final InstantSource clock;
    private final CompletableFuture<@Nullable Kept> givenUp = new CompletableFuture<>();

    Waiting(Patience patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
        patience.cancellation().onCancel(() -> givenUp.complete(null));
    }

    /** What it comes to; null when nothing came of it, or not in time. */
    @Nullable Kept on(CompletableFuture<@Nullable Kept> flight) {
        return wait(flight.applyToEither(givenUp, kept -> kept), LONGEST);
    }

    /** Waits a while; false when there is no time left or nobody wants it any more. */
    boolean pause(Duration time) {
        wait(givenUp, time);
        return !givenUp.isDone() && !patience.until().hasPassed(clock);
    }

    private @Nullable Kept wait(CompletableFuture<@Nullable Kept> future, Duration atMost) {
        Duration left = patience.until().remaining(clock);
        try {
            return future.get((left.compareTo(atMost) < 0 ? left : atMost).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nothing) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            givenUp.complete(null);
            return null;
        }
    }
}
