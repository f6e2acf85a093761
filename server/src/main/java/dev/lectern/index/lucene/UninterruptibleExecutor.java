package dev.lectern.index.lucene;

import dev.lectern.observability.spi.TaskThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a task on a dedicated thread that is never interrupted. An interrupt closes the file channels that a thread uses, and the index writer does not
 * survive that. A platform thread is used because CPU-bound searches could keep a virtual thread that holds a lock from being scheduled.
 */
final class UninterruptibleExecutor {
    private UninterruptibleExecutor() {}

    /** Runs the task and waits for its result. An interrupt of the calling thread does not end the wait; its interrupt status is restored. */
    static <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        TaskThreads.startPlatformThread("index-write", task);
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
