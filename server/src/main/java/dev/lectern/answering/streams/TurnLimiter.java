package dev.lectern.answering.streams;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits how many turns run at once. A turn beyond the limit is refused and never waits. Thread-safe. */
public final class TurnLimiter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore free;
    private volatile boolean closed;

    /** @param turns maximum at once */
    TurnLimiter(int turns) {
        this.free = new Semaphore(turns);
    }

    /** The permission to run one turn. Closing it a second time does nothing. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** Refuses every turn from now on. */
    void close() {
        closed = true;
    }

    /** @throws LecternException {@code TOO_MANY_REQUESTS} at the limit, {@code SHUTTING_DOWN} after {@link #close} */
    public Permit acquire() {
        if (closed) {
            throw LecternException.withRetryAfter(
                    ErrorCode.SHUTTING_DOWN,
                    "This server is stopping. Ask again in a few seconds, when another server or this one accepts questions.",
                    RETRY_AFTER);
        }
        if (!free.tryAcquire()) {
            throw LecternException.withRetryAfter(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "This server is answering the maximum number of questions. Ask again in a few seconds.",
                    RETRY_AFTER);
        }
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                free.release();
            }
        };
    }
}
