package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.jobs.JobRepository.JobRecord;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A scan that this node carries out, with the thread that does. Thread-safe. */
final class RunningScan {
    private final JobRecord job;
    private final FolderAccess folders;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    RunningScan(JobRecord job, FolderAccess folders) {
        this.job = job;
        this.folders = folders;
    }

    JobRecord job() {
        return job;
    }

    /** The current thread carries out the scan. */
    void begin() {
        thread = Thread.currentThread();
    }

    /** Its end is recorded, or the server stops. */
    void end() {
        thread = null;
        ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends the scan at its next item. A wait for a folder that does not answer ends at once; called again, that holds for the next wait as well. */
    void cancel() {
        cancelled.countDown();
        Thread scanning = thread;
        if (scanning != null) {
            folders.cancelCall(scanning);
        }
    }

    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Waits until the scan is cancelled, or for that long. */
    void awaitCancellation(long millis) throws InterruptedException {
        cancelled.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Whether the scan only waits for a folder that does not answer, so that it takes nothing away from others. */
    boolean isStalled() {
        Thread scanning = thread;
        return scanning != null && folders.isStalled(scanning);
    }
}
