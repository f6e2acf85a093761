package dev.lectern.observability.spi;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Passes tasks on to another executor in the context of the thread that submits them. */
final class ContextExecutor extends AbstractExecutorService {
    private final ExecutorService executor;

    ContextExecutor(ExecutorService executor) {
        this.executor = executor;
    }

    /** All ways of submitting a task lead here. */
    @Override
    public void execute(Runnable task) {
        executor.execute(LogContext.current().wrap(task));
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return executor.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
