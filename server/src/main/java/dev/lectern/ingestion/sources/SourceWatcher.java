package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.time.Duration;

/** Waits for changes of one source. {@link #close} may be called by any thread and ends the waiting. */
interface SourceWatcher extends AutoCloseable {

    /**
     * Waits for a change and for the quiet after it.
     *
     * @param atMost after this time the source is scanned in any case
     * @return whether the source is to be scanned; false also after {@link #close}
     */
    boolean awaitChange(Duration atMost) throws InterruptedException;

    boolean isClosed();

    @Override
    void close() throws IOException;
}
