package dev.lectern.answering.streams;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets a bounded number of turns run at once; the others are told to come back, never to wait. Thread-safe. */
public final class Admission {
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final Semaphore free;
    private volatile boolean closed;

    /** @param turns most at once */
    public Admission(int turns) {
        this.free = new Semaphore(turns);
    }

    /** A place, to be left once. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Nobody is let in any more. */
    public void close() {
        closed = true;
    }

    /** @throws LecternException {@code TOO_MANY_REQUESTS} when no place is free, {@code SHUTTING_DOWN} after {@link #close} */
    public Place enter() {
        if (closed) {
            throw LecternException.withRetryAfter(
                    ErrorCode.SHUTTING_DOWN,
                    "This server is stopping. Ask again in a few seconds, when another one answers or this one is back.",
                    COME_BACK);
        }
        if (!free.tryAcquire()) {
            throw LecternException.withRetryAfter(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "As many questions are being answered as this server takes at once. Ask again in a few seconds.",
                    COME_BACK);
        }
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                free.release();
            }
        };
    }
}
