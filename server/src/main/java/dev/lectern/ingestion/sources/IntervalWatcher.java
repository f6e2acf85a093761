package dev.lectern.ingestion.sources;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stands in for the watcher of a source that reports no changes: the source is scanned at every interval. */
final class IntervalWatcher implements SourceWatcher {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Duration interval;

    IntervalWatcher(Duration interval) {
        this.interval = interval;
    }

    @Override
    public Signal awaitChange(Duration atMost) throws InterruptedException {
        return closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS) ? Signal.NONE : Signal.INTERVAL;
    }

    @Override
    public SourceWatchState state() {
        return SourceWatchState.polling(interval, "A source of this kind does not report changes.", false);
    }

    @Override
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public void release() {
        // Nothing is held.
    }
}
