package dev.lectern.caching;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Stands until it is moved, beside the true time of the beginning. */
public final class AdjustableClock implements InstantSource {
    private final AtomicReference<Duration> moved = new AtomicReference<>(Duration.ZERO);

    public void move(Duration time) {
        moved.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(moved.get());
    }
}
