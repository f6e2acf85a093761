package dev.lectern.ingestion;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop that outlives whatever one of its turns throws, since nobody would start it again before the next start of the program. */
final class Persistent {
    private static final Logger log = LoggerFactory.getLogger(Persistent.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Persistent() {}

    /** One turn of a loop. */
    interface Turn {
        void take() throws InterruptedException;
    }

    /**
     * Takes turns until it is stopped or interrupted; after a turn that failed there is a pause.
     *
     * @param name says in the log whose turn it was
     */
    static void run(String name, BooleanSupplier stopped, Turn turn) {
        try {
            while (!stopped.getAsBoolean()) {
                try {
                    turn.take();
                } catch (RuntimeException | Error e) {
                    log.error("{} failed and goes on", name, e);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is thrown as something that can be written down as the failure of a document. */
    static RuntimeException failure(Throwable thrown) {
        return thrown instanceof RuntimeException known ? known : new IllegalStateException("An error", thrown);
    }
}
