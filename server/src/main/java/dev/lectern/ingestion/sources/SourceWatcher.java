package dev.lectern.ingestion.sources;

import java.time.Duration;

/** Waits for changes of one source. {@link #close} may be called by any thread and ends the waiting; everything else is done by one thread at a time. */
interface SourceWatcher extends AutoCloseable {

    /** Why the waiting ended. */
    enum Signal {
        /** The source has changed and is to be scanned. */
        CHANGED,
        /** The source is to be scanned since it was not for long enough. */
        INTERVAL,
        /** {@link #state} has another value, or the watcher was closed. */
        NONE
    }

    /**
     * Waits for a change and for the quiet after it.
     *
     * @param atMost after this time without a scan the source is scanned in any case
     */
    Signal awaitChange(Duration atMost) throws InterruptedException;

    /** How the source is watched at present. */
    SourceWatchState state();

    boolean isClosed();

    /** Ends the waiting. Does not block. */
    @Override
    void close();

    /** Gives back what the operating system provides for the watch. Called once after {@link #close}, when nothing waits any more. May block. */
    void release();
}
