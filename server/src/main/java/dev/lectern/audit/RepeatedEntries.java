package dev.lectern.audit;

import dev.lectern.audit.ChainedAuditLog.Located;
import dev.lectern.observability.spi.BackgroundTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts entries that strangers can cause. The first of its kind is written at once, those of the minute after it as one entry with their number when the minute is
 * over. Of more than {@value #MAX_KINDS} kinds in a minute, the others are written without address and subject. Thread-safe.
 */
@Component
class RepeatedEntries {
    /** The detail with the number of times. */
    static final String COUNT = "count";

    static final int MAX_KINDS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(RepeatedEntries.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final ExecutorService executor;
    private final InstantSource clock;
    private final Map<Kind, Counter> counters = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile @Nullable Consumer<List<Located>> writer;
    private boolean failing;

    RepeatedEntries(ExecutorService executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** What is counted together. */
    private record Kind(
            AuditAction action,
            @Nullable AuditSubject subject,
            @Nullable String address) {}

    private static final class Counter {
        private Located first;
        private long count = 1;
        private @Nullable Instant written;

        Counter(Located first) {
            this.first = first;
        }
    }

    /** @param append writes entries in one transaction */
    void add(Located located, Consumer<List<Located>> append) {
        writer = append;
        lock.lock();
        try {
            AuditEntry entry = located.entry();
            Kind kind = new Kind(entry.action(), entry.subject(), located.address());
            Located counted = located;
            if (!counters.containsKey(kind) && counters.size() >= MAX_KINDS) {
                kind = new Kind(entry.action(), null, null);
                counted = new Located(
                        new AuditEntry(entry.action(), entry.caller(), null, entry.outcome(), Map.of()), null, null);
            }
            Counter counter = counters.get(kind);
            if (counter != null) {
                if (counter.count == 0) {
                    counter.first = counted;
                }
                counter.count++;
                return;
            }
            counters.put(kind, new Counter(counted));
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(new BackgroundTask(() -> write(false)));
        } catch (RejectedExecutionException stopping) {
            log.debug("The server is stopping; the entry is written with the last ones");
        }
    }

    /**
     * Writes what is due. A failure is logged, and what could not be written is counted on.
     *
     * @param all also what would wait for the end of its minute
     */
    void write(boolean all) {
        Consumer<List<Located>> append = writer;
        if (append == null) {
            return;
        }
        writing.lock();
        try {
            Map<Counter, Long> due = findDue(all);
            if (!due.isEmpty()) {
                List<Located> entries = new ArrayList<>();
                due.forEach((counter, count) -> entries.add(new Located(
                        counter.first.entry().with(COUNT, count),
                        counter.first.address(),
                        counter.first.requestId())));
                append.accept(entries);
                markWritten(due);
            }
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                log.warn("Refused attempts could not be recorded in the audit log; this is repeated", failure);
            }
            failing = true;
        } finally {
            writing.unlock();
        }
    }

    private Map<Counter, Long> findDue(boolean all) {
        lock.lock();
        try {
            Instant before = clock.instant().minus(WINDOW);
            Map<Counter, Long> due = new HashMap<>();
            for (Iterator<Counter> each = counters.values().iterator(); each.hasNext(); ) {
                Counter counter = each.next();
                Instant written = counter.written;
                boolean over = written == null || !written.isAfter(before);
                if (counter.count == 0) {
                    if (over) {
                        each.remove();
                    }
                } else if (all || over) {
                    due.put(counter, counter.count);
                }
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    private void markWritten(Map<Counter, Long> written) {
        lock.lock();
        try {
            Instant now = clock.instant();
            written.forEach((counter, count) -> {
                counter.count -= count;
                counter.written = now;
            });
        } finally {
            lock.unlock();
        }
    }
}
