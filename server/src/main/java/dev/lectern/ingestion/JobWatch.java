package dev.lectern.ingestion;

import dev.lectern.shared.JobId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** What happens to jobs in this process: wakes those who wait for a change, and knows the rate of the last seconds. */
@Component
class JobWatch {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int MOST_POINTS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<JobId, Deque<Point>> points = new ConcurrentHashMap<>();
    private long changes;

    private record Point(long nanos, int passages) {}

    /** A document of the job is finished. */
    void finished(JobId job, int passages) {
        Deque<Point> recent = points.computeIfAbsent(job, key -> new ArrayDeque<>());
        synchronized (recent) {
            recent.addLast(new Point(System.nanoTime(), passages));
            if (recent.size() > MOST_POINTS) {
                recent.removeFirst();
            }
        }
        changed();
    }

    /** Something about a job changed. */
    void changed() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change after {@code seen}, at most {@code millis}. */
    void awaitChange(long seen, long millis) throws InterruptedException {
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

    /** Passages a second over the last seconds, 0 when nothing was finished in them. */
    double rate(JobId job) {
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

    /** The job is final. */
    void forget(JobId job) {
        points.remove(job);
    }
}
