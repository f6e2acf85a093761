package dev.lectern.models.onnx;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As many threads as the machine has cores for work that only computes; what readers wait for goes first. Virtual threads would let every caller
 * compute at once, and each would be slow.
 */
final class EmbeddingPool implements AutoCloseable {
    /** Callers wait for their own texts, so more than this means thousands of waiting callers. */
    static final int MAX_WAITING = 10_000;

    private static final long IDLE_SECONDS = 30;

    enum Priority {
        QUESTION,
        PASSAGE
    }

    private final AtomicLong order = new AtomicLong();
    private final int threads;
    private final ThreadPoolExecutor executor;

    EmbeddingPool(int threads) {
        this.threads = threads;
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("embedding-", 0).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    int threads() {
        return threads;
    }

    /** @throws RejectedExecutionException when too many wait, or after closing */
    <T> Future<T> submit(Priority priority, Callable<T> work) {
        if (executor.getQueue().size() >= MAX_WAITING) {
            throw new RejectedExecutionException("Too many texts are waiting to be embedded");
        }
        Task<T> task = new Task<>(priority, order.getAndIncrement(), work);
        executor.execute(task);
        return task;
    }

    /** Waits until what runs has ended, so that the model can be closed; what waits is cancelled. */
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
