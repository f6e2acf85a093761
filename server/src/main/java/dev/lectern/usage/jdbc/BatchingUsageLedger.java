package dev.lectern.usage.jdbc;

import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.IdGenerator;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageLedger;
import dev.lectern.usage.jdbc.UsageRepository.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Collects entries and writes them in batches. The first entry starts a writer, which waits for more, writes all and ends, so an idle ledger has no thread. A
 * killed process loses what came within {@link #COLLECTING_TIME}, or for jobs within {@link #JOB_COLLECTING_TIME}.
 */
@Component
class BatchingUsageLedger implements UsageLedger, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(BatchingUsageLedger.class);
    private static final int QUEUE_CAPACITY = 10_000;
    private static final int BATCH_SIZE = 500;

    /** Short, since it is what a kill loses, and long enough that busy servers write a few batches a second. */
    static final Duration COLLECTING_TIME = Duration.ofMillis(200);

    private static final Duration JOB_COLLECTING_TIME = Duration.ofSeconds(5);

    /** Pauses between attempts; together longer than a database takes to restart. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16));

    private final UsageRepository repository;
    private final ExecutorService executor;
    private final Duration jobCollectingTime;
    private final BlockingQueue<UsageEntry> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Map<JobKey, UsageEntry> jobs = new HashMap<>();
    private final AtomicBoolean writerStarted = new AtomicBoolean();
    private final AtomicBoolean jobWriterStarted = new AtomicBoolean();
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock writingJobs = new ReentrantLock();
    private final CountDownLatch closing = new CountDownLatch(1);

    @Autowired
    BatchingUsageLedger(
            JdbcTemplate jdbc, TransactionOperations transactions, IdGenerator ids, ExecutorService executor) {
        this(jdbc, transactions, ids, executor, JOB_COLLECTING_TIME);
    }

    BatchingUsageLedger(
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            IdGenerator ids,
            ExecutorService executor,
            Duration jobCollectingTime) {
        this.repository = new UsageRepository(jdbc, transactions, ids);
        this.executor = executor;
        this.jobCollectingTime = jobCollectingTime;
    }

    @Override
    public void record(UsageEntry entry) {
        if (!queue.offer(entry)) {
            writeQueued();
            write(List.of(entry));
            return;
        }
        startAfter(COLLECTING_TIME, writerStarted, this::writeQueued);
    }

    @Override
    public void addToJob(UsageEntry entry) {
        addToSums(List.of(entry));
        startAfter(jobCollectingTime, jobWriterStarted, this::writeJobs);
    }

    private void startAfter(Duration delay, AtomicBoolean started, Runnable writer) {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(new BackgroundTask(() -> {
                awaitClosing(delay);
                started.set(false);
                writer.run();
            }));
        } catch (RejectedExecutionException stopping) {
            log.debug("The server is stopping; the entry is written by its caller");
            started.set(false);
            writer.run();
        }
    }

    /** Writes all entries. The database is still open, since this bean depends on it. */
    @Override
    public void destroy() {
        closing.countDown();
        writeQueued();
        writeJobs();
    }

    private void writeQueued() {
        writing.lock();
        try {
            List<UsageEntry> batch = new ArrayList<>(BATCH_SIZE);
            while (queue.drainTo(batch, BATCH_SIZE) > 0) {
                write(batch);
                batch.clear();
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(List<UsageEntry> batch) {
        List<UsageRepository.Row> rows = repository.withIds(batch);
        RuntimeException failure = tryRepeatedly(() -> repository.insertAll(rows));
        if (failure != null) {
            log.error(
                    "The database did not accept these entries of the usage ledger; they are lost: {}", batch, failure);
        }
    }

    private void writeJobs() {
        writingJobs.lock();
        try {
            Collection<UsageEntry> sums;
            synchronized (jobs) {
                sums = List.copyOf(jobs.values());
                jobs.clear();
            }
            if (sums.isEmpty()) {
                return;
            }
            RuntimeException failure = tryRepeatedly(() -> repository.addAll(sums));
            if (failure != null && closing.getCount() == 0) {
                log.error(
                        "The database did not accept these sums of the usage ledger; they are lost: {}", sums, failure);
            } else if (failure != null) {
                log.warn(
                        "The usage of {} jobs is written later, since the database did not accept it",
                        sums.size(),
                        failure);
                addToSums(sums);
                startAfter(jobCollectingTime, jobWriterStarted, this::writeJobs);
            }
        } finally {
            writingJobs.unlock();
        }
    }

    private void addToSums(Collection<UsageEntry> entries) {
        synchronized (jobs) {
            entries.forEach(entry -> jobs.merge(JobKey.of(entry), entry, UsageEntry::plus));
        }
    }

    /** @return the last failure; null when one attempt succeeded */
    private @Nullable RuntimeException tryRepeatedly(Runnable action) {
        for (int attempt = 0; ; attempt++) {
            try {
                action.run();
                return null;
            } catch (RuntimeException e) {
                if (attempt == PAUSES.size()) {
                    return e;
                }
                log.debug("The usage ledger could not be written, attempt {}", attempt + 1, e);
                awaitClosing(PAUSES.get(attempt));
            }
        }
    }

    /** Waits; shorter when the server is stopping. */
    private void awaitClosing(Duration time) {
        try {
            boolean stopping = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
            log.trace("The usage ledger writes; stopping: {}", stopping);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
