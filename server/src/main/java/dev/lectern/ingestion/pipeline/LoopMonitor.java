package dev.lectern.ingestion.pipeline;

import dev.lectern.shared.ShutdownSignal;
import dev.lectern.storage.DatabaseFull;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Knows which work in the background fails. Whatever is thrown is logged once with its remedy, counted while it goes on, and shown by {@code /health}. No
 * exception leaves {@link #attempt}, so that none ends a thread of the program. Thread-safe.
 */
@Component
public class LoopMonitor {
    private static final Logger log = LoggerFactory.getLogger(LoopMonitor.class);
    private static final String REMEDY =
            "It is repeated by itself. If it persists, check the database and the disk, and restart the server";

    private final InstantSource clock;
    private final Map<String, Failure> failing = new ConcurrentHashMap<>();

    LoopMonitor(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Work that has failed since its last success.
     *
     * @param work as a noun phrase at the beginning of a sentence, such as "The scan of sources"
     * @param count failures in a row, 1 or more
     * @param kind of the last exception; another one is logged again
     */
    public record Failure(String work, Instant since, int count, Class<?> kind) {}

    /** Work that may throw anything. */
    public interface Attempt {
        void run() throws InterruptedException;
    }

    /**
     * Runs the work.
     *
     * @param work a noun phrase that begins a sentence
     * @return the number of failures in a row, this one included; 0 after a success
     */
    public int attempt(String work, Attempt attempt) throws InterruptedException {
        try {
            attempt.run();
        } catch (RuntimeException | Error e) {
            return recordFailure(work, e);
        }
        recordSuccess(work);
        return 0;
    }

    /** Like {@link #attempt}, for work that does not wait. */
    public int attemptNow(String work, Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException | Error e) {
            return recordFailure(work, e);
        }
        recordSuccess(work);
        return 0;
    }

    /** Records a failure and returns how many there were in a row. What fails since the process ends is nobody's fault and not recorded. */
    public int recordFailure(String work, Throwable failure) {
        if (ShutdownSignal.isCauseOf(failure)) {
            log.debug("{} ends with the process", work, failure);
            return 1;
        }
        Failure before = failing.get(work);
        Failure now = failing.merge(
                work,
                new Failure(work, clock.instant(), 1, failure.getClass()),
                (old, added) -> new Failure(work, old.since(), old.count() + 1, added.kind()));
        if (ShutdownSignal.isReceived()) {
            log.debug("{} ends with the process", work, failure);
        } else if (DatabaseFull.isCauseOf(failure)) {
            log.warn("{} waits for disk space and is repeated", work);
        } else if (before == null || !before.kind().equals(failure.getClass())) {
            log.error("{} failed. {}", work, REMEDY, failure);
        } else {
            log.debug("{} failed again, {} times in a row", work, now.count(), failure);
        }
        return now.count();
    }

    /** Records that the work does not fail any more, or that it ended. */
    public void recordSuccess(String work) {
        Failure ended = failing.remove(work);
        if (ended != null) {
            log.info("{} works again after {} failures in a row", work, ended.count());
        }
    }

    /** Forgets work that ended, whether or not it failed. */
    void forget(String work) {
        failing.remove(work);
    }

    public boolean isFailing(String work) {
        return failing.containsKey(work);
    }

    /** What fails at the moment, the oldest first. */
    public List<Failure> listFailing() {
        return failing.values().stream()
                .sorted(Comparator.comparing(Failure::since).thenComparing(Failure::work))
                .toList();
    }

    /** A sentence about the oldest failure; null when nothing fails. */
    public @Nullable String describe() {
        List<Failure> all = listFailing();
        if (all.isEmpty()) {
            return null;
        }
        Failure first = all.getFirst();
        return first.work() + " has failed " + first.count() + " times in a row since " + first.since() + " ("
                + first.kind().getSimpleName() + "). " + REMEDY + ". The log has the cause.";
    }
}
