package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.Task;
import dev.lectern.ingestion.jobs.TaskProgressRepository;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Follows how far one task is, measures its rate, and writes both to the database, so that every node shows them: at once for a document that takes a while,
 * then at most every {@link #WRITE_INTERVAL_NANOS}, and when all passages are embedded. Short documents cause no write. Thread-safe.
 */
final class TaskProgress {
    private static final Logger log = LoggerFactory.getLogger(TaskProgress.class);

    private static final long WRITE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long RATE_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Passages to embed from which the number of passages is written before the first of them is embedded. */
    private static final int WRITTEN_AT_ONCE = 64;

    private final Task task;
    private final TaskProgressRepository repository;
    private final JobMonitor monitor;
    private final LargeDocumentLimit limit;
    private final Deque<Point> points = new ArrayDeque<>();
    private boolean large;
    private int total;
    private int embedded;
    private long calculated;
    private long writtenAt;
    private boolean written;

    private record Point(long nanos, long calculated) {}

    /** @param large whether the task holds a place of {@code limit} already */
    TaskProgress(
            Task task, TaskProgressRepository repository, JobMonitor monitor, LargeDocumentLimit limit, boolean large) {
        this.task = task;
        this.repository = repository;
        this.monitor = monitor;
        this.limit = limit;
        this.large = large;
        this.writtenAt = System.nanoTime();
    }

    /** Whether the document may be embedded now: false when it is large and as many large ones are at work as may be. */
    synchronized boolean admit(int missing) {
        if (!large && missing >= LargeDocumentLimit.PASSAGES) {
            large = limit.tryAcquire();
            return large;
        }
        return true;
    }

    /** Releases the place of a large document. To be called once, at the end. */
    synchronized void close() {
        if (large) {
            limit.release();
            large = false;
        }
    }

    /**
     * The document has been split.
     *
     * @param alreadyEmbedded passages that have an embedding, 0 to {@code passages}
     */
    synchronized void begin(int alreadyEmbedded, int passages) {
        embedded = alreadyEmbedded;
        total = passages;
        points.add(new Point(System.nanoTime(), 0));
        if (passages - alreadyEmbedded >= WRITTEN_AT_ONCE) {
            write();
        }
    }

    /**
     * More passages have an embedding.
     *
     * @param passages number of them
     * @param texts number of texts that were embedded for them, 0 when all embeddings were found
     */
    synchronized void add(int passages, int texts) {
        embedded = Math.min(total, embedded + passages);
        calculated += texts;
        if (texts > 0) {
            monitor.recordEmbedded(task.job(), texts);
        }
        boolean allOfMany = embedded == total && written;
        if (allOfMany || System.nanoTime() - writtenAt >= WRITE_INTERVAL_NANOS) {
            write();
            monitor.signalChange();
        }
    }

    /** Another thread of the document waits meanwhile; it is one short statement. */
    private void write() {
        writtenAt = System.nanoTime();
        written = true;
        try {
            repository.record(task, embedded, total, rate(writtenAt));
        } catch (DataAccessException e) {
            // The work itself goes on or fails with what it writes; the next figures replace these.
            log.warn("The progress of a document could not be written: {}", task.document());
            log.debug("The failure of writing the progress of {}", task.document(), e);
        }
    }

    private double rate(long now) {
        while (points.size() > 1 && now - points.getFirst().nanos() > RATE_WINDOW_NANOS) {
            points.removeFirst();
        }
        Point first = points.getFirst();
        points.addLast(new Point(now, calculated));
        double seconds = (now - first.nanos()) / 1e9;
        return seconds < 1 ? 0 : (calculated - first.calculated()) / seconds;
    }
}
