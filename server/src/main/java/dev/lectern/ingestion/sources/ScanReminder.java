package dev.lectern.ingestion.sources;

import dev.lectern.observability.spi.BackgroundTask;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Carries out actions after a time, for files that have to be looked at again even if no further change is reported. Thread-safe. */
@Component
class ScanReminder {
    private final ExecutorService executor;
    private final CountDownLatch stopped = new CountDownLatch(1);

    ScanReminder(ExecutorService applicationExecutor) {
        this.executor = applicationExecutor;
    }

    /** Carries out an action after a time, unless the program ends before. */
    void schedule(Duration after, Runnable action) {
        executor.execute(new BackgroundTask(() -> {
            if (awaitStop(after)) {
                return;
            }
            action.run();
        }));
    }

    private boolean awaitStop(Duration atMost) {
        try {
            return stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void stop() {
        stopped.countDown();
    }
}
