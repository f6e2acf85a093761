package dev.lectern.ingestion.pipeline;

import dev.lectern.shared.ShutdownSignal;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop for background work that goes on after an exception: otherwise the work would stand still until the next start of the program. */
public final class RestartingLoop {
    private static final Logger log = LoggerFactory.getLogger(RestartingLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private RestartingLoop() {}

    /** The body of a loop. */
    public interface Iteration {
        void run() throws InterruptedException;
    }

    /**
     * Repeats the iteration until the loop is stopped or its thread interrupted; after an exception it pauses for a second.
     *
     * @param name of the work, for the log
     */
    public static void run(String name, BooleanSupplier stopped, Iteration iteration) {
        try {
            while (!stopped.getAsBoolean()) {
                try {
                    iteration.run();
                } catch (RuntimeException | Error e) {
                    if (ShutdownSignal.isReceived()) {
                        log.debug("{} ends with the process", name, e);
                        return;
                    }
                    log.error("{} failed and is continued in {}", name, PAUSE, e);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The throwable itself, or an exception around it, so that it can be recorded as the failure of a document. */
    static RuntimeException asException(Throwable thrown) {
        return thrown instanceof RuntimeException known ? known : new IllegalStateException("An error", thrown);
    }
}
