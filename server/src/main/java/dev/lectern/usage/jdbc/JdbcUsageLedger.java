package dev.lectern.usage.jdbc;

import dev.lectern.shared.IdGenerator;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** One writer at a time takes what is queued; it is started by the first entry and ends with the last, so an idle ledger has no thread. */
@Component
class JdbcUsageLedger implements UsageLedger, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcUsageLedger.class);
    private static final int QUEUED = 10_000;
    private static final int BATCH = 500;
    private static final int TRIES = 5;
    private static final String INSERT = """
            INSERT INTO usage_entries
            (id, at, model, purpose, input_tokens, output_tokens, outcome, millis, cost_micros, caller)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private final JdbcTemplate jdbc;
    private final IdGenerator ids;
    private final ExecutorService executor;
    private final BlockingQueue<UsageEntry> queue = new ArrayBlockingQueue<>(QUEUED);
    private final AtomicBoolean writerStarted = new AtomicBoolean();
    private final ReentrantLock writing = new ReentrantLock();

    JdbcUsageLedger(JdbcTemplate jdbc, IdGenerator ids, ExecutorService executor) {
        this.jdbc = jdbc;
        this.ids = ids;
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
            executor.execute(() -> {
                writerStarted.set(false);
                writeAll();
            });
        }
    }

    /** Writes what is queued; the database is still there, as it is this bean's dependency. */
    @Override
    public void destroy() {
        writeAll();
    }

    private void writeAll() {
        writing.lock();
        try {
            List<UsageEntry> batch = new ArrayList<>(BATCH);
            while (queue.drainTo(batch, BATCH) > 0) {
                write(batch);
                batch.clear();
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(List<UsageEntry> batch) {
        List<Object[]> rows = batch.stream().map(this::row).toList();
        for (int attempt = 1; ; attempt++) {
            try {
                jdbc.batchUpdate(INSERT, rows);
                return;
            } catch (DataAccessException e) {
                if (attempt == TRIES) {
                    LOG.error("Usage could not be written down after {} tries: {}", TRIES, batch, e);
                    return;
                }
            }
        }
    }

    private Object[] row(UsageEntry entry) {
        return new Object[] {
            ids.next(),
            entry.at().toEpochMilli(),
            entry.model(),
            entry.purpose().name().toLowerCase(Locale.ROOT),
            entry.inputTokens(),
            entry.outputTokens(),
            entry.outcome().name().toLowerCase(Locale.ROOT),
            entry.took().toMillis(),
            entry.costMicros(),
            entry.caller()
        };
    }
}
