package dev.lectern.ingestion.jobs;

import dev.lectern.shared.JobId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Progress of the jobs in this process: wakes the threads that wait for a change, and measures the rate of the last seconds. Thread-safe. */
@Component
public class JobMonitor {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int MAX_POINTS = 1_000;
    /** Jobs after which those that embed nothing any more are forgotten. */
    private static final int MAX_JOBS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<JobId, Deque<Point>> points = new ConcurrentHashMap<>();
    private long changes;

    private record Point(long nanos, int passages) {}

    /** Records that passages of the job were embedded by this process. */
    public void recordEmbedded(JobId job, int passages) {
        Deque<Point> recent = points.computeIfAbsent(job, key -> new ArrayDeque<>());
        synchronized (recent) {
            recent.addLast(new Point(System.nanoTime(), passages));
            if (recent.size() > MAX_POINTS) {
                recent.removeFirst();
            }
        }
        if (points.size() > MAX_JOBS) {
            points.keySet().removeIf(other -> !other.equals(job) && passageRate(other) == 0);
        }
    }

    /** Wakes the threads that wait for a change of any job. */
    public void signalChange() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many changes there were; for {@link #awaitChange}. */
    public long changeCount() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a change.
     *
     * @param seen the {@link #changeCount} before the caller looked
     * @param millis longest wait
     */
    public void awaitChange(long seen, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (changes == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Passages that this process embedded a second over the last 15 seconds; 0 when it made fewer than two calls of the model in them. */
    public double passageRate(JobId job) {
        Deque<Point> recent = points.get(job);
        if (recent == null) {
            return 0;
        }
        long now = System.nanoTime();
        synchronized (recent) {
            while (!recent.isEmpty() && now - recent.getFirst().nanos() > WINDOW_NANOS) {
                recent.removeFirst();
            }
            if (recent.size() < 2) {
                return 0;
            }
            long passages = recent.stream().mapToLong(Point::passages).sum();
            double seconds = (now - recent.getFirst().nanos()) / 1e9;
            return passages / Math.max(seconds, 1);
        }
    }
}
