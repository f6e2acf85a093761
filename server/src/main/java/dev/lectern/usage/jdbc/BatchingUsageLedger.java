package dev.lectern.usage.jdbc;

import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.IdGenerator;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Queues entries and writes them in batches. One writer at a time empties the queue: the first entry starts it and the last one ends it, so an idle ledger
 * has no thread.
 */
@Component
class BatchingUsageLedger implements UsageLedger, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(BatchingUsageLedger.class);
    private static final int QUEUE_CAPACITY = 10_000;
    private static final int BATCH_SIZE = 500;
    private static final int MAX_ATTEMPTS = 5;

    private final UsageRepository repository;
    private final ExecutorService executor;
    private final BlockingQueue<UsageEntry> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final AtomicBoolean writerStarted = new AtomicBoolean();
    private final ReentrantLock writing = new ReentrantLock();

    BatchingUsageLedger(JdbcTemplate jdbc, IdGenerator ids, ExecutorService executor) {
        this.repository = new UsageRepository(jdbc, ids);
        this.executor = executor;
    }

    @Override
    public void record(UsageEntry entry) {
        if (!queue.offer(entry)) {
            writeAll();
            write(List.of(entry));
            return;
        }
        if (writerStarted.compareAndSet(false, true)) {
            executor.execute(new BackgroundTask(() -> {
                writerStarted.set(false);
                writeAll();
            }));
        }
    }

    /** Writes all queued entries. The database is still open, since this bean depends on it. */
    @Override
    public void destroy() {
        writeAll();
    }

    private void writeAll() {
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
        for (int attempt = 1; ; attempt++) {
            try {
                repository.insertAll(rows);
                return;
            } catch (DataAccessException e) {
                if (attempt == MAX_ATTEMPTS) {
                    log.error("Usage was not recorded after {} attempts: {}", MAX_ATTEMPTS, batch, e);
                    return;
                }
            }
        }
    }
}
