package dev.lectern.http.jetty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.util.unit.DataSize;

/** The time that a body may take: a fixed time, and more for what has been received, at a minimum rate. For one request; read and wait do not overlap. */
final class BodyAllowance {
    private final long fixedNanos;
    private final double nanosPerByte;
    private long received;
    private long waitedNanos;

    /** @param rate data per second */
    BodyAllowance(Duration fixed, DataSize rate) {
        this.fixedNanos = fixed.toNanos();
        this.nanosPerByte = TimeUnit.SECONDS.toNanos(1) / (double) rate.toBytes();
    }

    synchronized void addReceived(int bytes) {
        received += bytes;
    }

    synchronized void addWaited(long nanos) {
        waitedNanos += nanos;
    }

    /** The time that is left; 0 when it is used up. */
    synchronized long remainingNanos() {
        return Math.max(0, fixedNanos + (long) (received * nanosPerByte) - waitedNanos);
    }
}
