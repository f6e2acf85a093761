package dev.lectern.ingestion.sources;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stands in for the watcher of a source that reports no changes: the source is scanned at every interval. */
final class IntervalWatcher implements SourceWatcher {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public boolean awaitChange(Duration atMost) throws InterruptedException {
        return !closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
