package dev.lectern.models.onnx;

import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.TaskThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thread pool with one thread per core for embedding, with questions before passages. Virtual threads would let every caller compute at once, and each
 * would be slow.
 */
final class EmbeddingThreadPool implements AutoCloseable {
    /** Maximum number of waiting texts; further ones are rejected. */
    static final int MAX_WAITING = 10_000;

    private static final long IDLE_SECONDS = 30;

    enum Priority {
        QUESTION,
        PASSAGE
    }

    private final AtomicLong order = new AtomicLong();
    private final int threads;
    private final ThreadPoolExecutor executor;

    EmbeddingThreadPool(int threads) {
        this.threads = threads;
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                TaskThreads.newPoolThreadFactory("embedding-"));
        executor.allowCoreThreadTimeOut(true);
    }

    int threads() {
        return threads;
    }

    /** @throws RejectedExecutionException when {@link #MAX_WAITING} texts wait, or after closing */
    <T> Future<T> submit(Priority priority, Callable<T> work) {
        if (executor.getQueue().size() >= MAX_WAITING) {
            throw new RejectedExecutionException("Too many texts are waiting to be embedded");
        }
        Task<T> task = new Task<>(
                priority, order.getAndIncrement(), LogContext.current().wrap(work));
        executor.execute(task);
        return task;
    }

    /** Cancels waiting tasks and blocks until the running ones are done, so that the model can be closed. */
    @Override
    public void close() {
        executor.shutdownNow().forEach(task -> ((Task<?>) task).cancel(false));
        executor.close();
    }

    private static final class Task<T> extends FutureTask<T> implements Comparable<Task<?>> {
        private final Priority priority;
        private final long order;

        Task(Priority priority, long order, Callable<T> work) {
            super(work);
            this.priority = priority;
            this.order = order;
        }

        @Override
        public int compareTo(Task<?> other) {
            int byPriority = priority.compareTo(other.priority);
            return byPriority != 0 ? byPriority : Long.compare(order, other.order);
        }
    }
}
