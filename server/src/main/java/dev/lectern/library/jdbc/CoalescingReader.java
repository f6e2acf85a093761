package dev.lectern.library.jdbc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Shares one read among concurrent callers. A caller never gets a result whose read began before its call: calls during a running read share the next one.
 * This bounds the reads of the database, however many callers there are. Thread-safe.
 */
final class CoalescingReader<T> {
    private final Supplier<T> read;
    /** One read at a time. While it runs, further callers join the next round. */
    private final ReentrantLock running = new ReentrantLock();
    /** The round whose read has not begun. */
    private volatile Round<T> next = new Round<>();

    CoalescingReader(Supplier<T> read) {
        this.read = read;
    }

    private static final class Round<T> {
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final CompletableFuture<T> result = new CompletableFuture<>();
    }

    T get() {
        Round<T> round = next;
        if (round.claimed.compareAndSet(false, true)) {
            execute(round);
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

    private void execute(Round<T> round) {
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
