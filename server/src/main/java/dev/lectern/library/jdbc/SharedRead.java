package dev.lectern.library.jdbc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Reads once for all who ask at the same time. Nobody gets what was read before he asked: whoever comes while a read is running waits for the next one.
 * So the database answers as many reads as it can, however many ask. Thread-safe.
 */
final class SharedRead<T> {
    private final Supplier<T> read;
    /** One read at a time; whoever waits for it gathers more who want the next. */
    private final ReentrantLock running = new ReentrantLock();
    /** The read that has not begun. */
    private volatile Round<T> next = new Round<>();

    SharedRead(Supplier<T> read) {
        this.read = read;
    }

    private static final class Round<T> {
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CompletableFuture<T> result = new CompletableFuture<>();
    }

    T get() {
        Round<T> round = next;
        if (round.taken.compareAndSet(false, true)) {
            carryOut(round);
        }
        try {
            return round.result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void carryOut(Round<T> round) {
        running.lock();
        try {
            next = new Round<>();
            round.result.complete(read.get());
        } catch (RuntimeException | Error e) {
            round.result.completeExceptionally(e);
        } finally {
            running.unlock();
        }
    }
}
