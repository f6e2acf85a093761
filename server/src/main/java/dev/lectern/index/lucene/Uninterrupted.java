package dev.lectern.index.lucene;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work on a thread of its own that nobody interrupts. An interrupt closes the file channels that a thread uses, and a writer whose files are
 * closed under it is lost. It is a platform's thread, for searches that only compute could keep a virtual one with a lock from going on.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Waits for the result; an interrupt of the waiting thread is kept for afterwards. */
    static <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("index-write").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
