package dev.lectern.ingestion.pipeline;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A loop for background work that goes on after an exception: otherwise the work would stand still until the next start of the program. */
public final class RestartingLoop {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private RestartingLoop() {}

    /**
     * Repeats the iteration until the loop is stopped or its thread interrupted; after an exception it pauses, up to five seconds.
     *
     * @param work as a noun phrase that begins a sentence, for the log and {@code /health}
     */
    public static void run(String work, LoopMonitor monitor, BooleanSupplier stopped, LoopMonitor.Attempt iteration) {
        try {
            while (!stopped.getAsBoolean()) {
                int failures = monitor.attempt(work, iteration);
                if (failures > 0) {
                    pause(failures, stopped);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            monitor.forget(work);
        }
    }

    private static void pause(int failures, BooleanSupplier stopped) throws InterruptedException {
        Duration growing = FIRST_PAUSE.multipliedBy(Math.min(failures, 10));
        Duration pause = growing.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : growing;
        if (!stopped.getAsBoolean()) {
            Thread.sleep(pause);
        }
    }

    /** The throwable itself, or an exception around it, so that it can be recorded as the failure of a document. */
    static RuntimeException asException(Throwable thrown) {
        return thrown instanceof RuntimeException known ? known : new IllegalStateException("An error", thrown);
    }
}
