package dev.lectern.observability.spi;

import dev.lectern.observability.spi.LogContext.Scope;

/**
 * A task for no particular request, turn or job, such as a loop or the work that several of them share. Its log lines do not carry the ids of whoever
 * happened to start it.
 */
public final class BackgroundTask implements Runnable {
    private final Runnable task;

    public BackgroundTask(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        try (Scope _ = LogContext.EMPTY.open()) {
            task.run();
        }
    }
}
