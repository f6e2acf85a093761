package dev.lectern.observability.spi;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs again and again on one thread of an executor, with a pause after each run, until it is stopped. It is a {@link BackgroundTask}. What the
 * task throws ends it, so a task reports its failures itself. Thread-safe.
 */
public final class PeriodicTask {
    private final Duration delay;
    private final Duration pause;
    private final Runnable task;
    private volatile boolean stopped;
    private volatile @Nullable Thread worker;

    /**
     * @param delay from the start to the first run; may be zero
     * @param pause from the end of a run to the next one
     */
    public PeriodicTask(Duration delay, Duration pause, Runnable task) {
        this.delay = delay;
        this.pause = pause;
        this.task = task;
    }

    /** Takes a thread of the executor until {@link #stop}. */
    public void start(Executor executor) {
        executor.execute(new BackgroundTask(this::runUntilStopped));
    }

    private void runUntilStopped() {
        worker = Thread.currentThread();
        if (!stopped) {
            LockSupport.parkNanos(this, delay.toNanos());
        }
        while (!stopped) {
            task.run();
            LockSupport.parkNanos(this, pause.toNanos());
        }
    }

    /** Ends a pause at once; a run that is under way is the last one. */
    public void stop() {
        stopped = true;
        LockSupport.unpark(worker);
    }

    /** For tasks that can be left in the middle. */
    public boolean isStopped() {
        return stopped;
    }
}
