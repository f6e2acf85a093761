package dev.lectern.ingestion.jobs;

import dev.lectern.http.Page;
import dev.lectern.ingestion.JobCompleted;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the jobs. Every method joins a transaction. */
@Repository
public class JobRepository {
    private static final String OPEN =
            " EXISTS (SELECT 1 FROM task WHERE task.job = job.id AND task.status IN ('queued', 'running'))";
    private static final String ALL_FAILED = "(EXISTS (SELECT 1 FROM task WHERE task.job = job.id) AND NOT EXISTS"
            + " (SELECT 1 FROM task WHERE task.job = job.id AND task.status = 'done'))";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final NodeRegistry nodeRegistry;
    private final Dialect dialect;
    private final CompletionPublisher completions;

    JobRepository(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            IdGenerator ids,
            InstantSource clock,
            NodeRegistry nodeRegistry,
            Dialect dialect,
            CompletionPublisher completions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.nodeRegistry = nodeRegistry;
        this.dialect = dialect;
        this.completions = completions;
    }

    /**
     * Adds a job of the caller of a permission.
     *
     * @param complete whether all its tasks are added in the same transaction; otherwise {@link #markScanned} follows once they are
     */
    public JobId create(WritableCollection collection, boolean complete) {
        JobId id = insert(collection.caller(), collection.id(), null, JobStatus.RUNNING, complete, false, false, false);
        jdbc.sql("UPDATE job SET owner = ?, started_at = created_at WHERE id = ?")
                .params(nodeRegistry.self(), id.value())
                .update();
        return id;
    }

    /**
     * Adds a job that scans a source, or returns the one that is queued for the same source.
     *
     * @param caller who wants the scan; becomes the caller of a queued scan that nobody asked for
     * @param confirmed whether a mass deletion is wanted
     * @param automatic whether nobody asked for the scan, so that its job is deleted when nothing has changed
     */
    public JobId createScan(
            Caller caller, SourceId source, CollectionId collection, boolean confirmed, boolean automatic) {
        return createScan(caller, source, collection, confirmed, false, automatic);
    }

    /** @param compareContents whether the bytes of all items are read, also of those whose size and times are unchanged */
    public JobId createScan(
            Caller caller,
            SourceId source,
            CollectionId collection,
            boolean confirmed,
            boolean compareContents,
            boolean automatic) {
        return transactions.execute(status -> {
            lock(source);
            Optional<JobId> waiting = jdbc.sql(
                            "SELECT id FROM job WHERE source = ? AND status = 'queued' ORDER BY id LIMIT 1")
                    .param(source.value())
                    .query((row, number) -> new JobId(row.getString(1)))
                    .optional();
            if (waiting.isEmpty()) {
                return insert(
                        caller, collection, source, JobStatus.QUEUED, false, confirmed, compareContents, automatic);
            }
            if (!automatic) {
                // A second request does not take back what the first one asked for.
                jdbc.sql("UPDATE job SET automatic = 0, caller = ?, confirmed = CASE WHEN ? = 1 THEN 1 ELSE confirmed"
                                + " END, compare_contents = CASE WHEN ? = 1 THEN 1 ELSE compare_contents END"
                                + " WHERE id = ?")
                        .params(
                                caller.text(),
                                confirmed ? 1 : 0,
                                compareContents ? 1 : 0,
                                waiting.get().value())
                        .update();
            }
            return waiting.get();
        });
    }

    /** Serialises the requests and claims of scans of one source. */
    private void lock(SourceId source) {
        jdbc.sql("SELECT id FROM source WHERE id = ?" + dialect.forUpdate())
                .param(source.value())
                .query(String.class)
                .optional();
    }

    private JobId insert(
            Caller caller,
            CollectionId collection,
            @Nullable SourceId source,
            JobStatus status,
            boolean scanned,
            boolean confirmed,
            boolean compareContents,
            boolean automatic) {
        JobId id = new JobId(ids.next());
        jdbc.sql("INSERT INTO job (source, id, collection, status, scanned, confirmed, compare_contents, automatic,"
                        + " created_at, caller) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(source == null ? null : source.value())
                .params(
                        id.value(),
                        collection.value(),
                        status.text(),
                        scanned ? 1 : 0,
                        confirmed ? 1 : 0,
                        compareContents ? 1 : 0,
                        automatic ? 1 : 0,
                        clock.millis(),
                        caller.text())
                .update();
        return id;
    }

    public Optional<JobRecord> find(JobId job) {
        return jdbc.sql("SELECT * FROM job WHERE id = ?")
                .param(job.value())
                .query(JobRepository::read)
                .optional();
    }

    /** The running scan of a source, or else the queued one, or else the newest. */
    public Optional<JobRecord> findScan(SourceId source) {
        return jdbc.sql("SELECT * FROM job WHERE source = ? ORDER BY CASE status WHEN 'running' THEN 0 WHEN 'queued'"
                        + " THEN 1 ELSE 2 END, id DESC LIMIT 1")
                .param(source.value())
                .query(JobRepository::read)
                .optional();
    }

    /**
     * Newest first.
     *
     * @param readable whether the jobs of a collection are wanted; the others are skipped
     */
    public Page<JobRecord> findPage(
            @Nullable CollectionId collection, Predicate<CollectionId> readable, @Nullable String cursor, int limit) {
        List<JobRecord> found = new ArrayList<>();
        @Nullable String next = cursor;
        do {
            Page<JobRecord> page = findPage(collection, next, limit);
            page.items().stream().filter(job -> readable.test(job.collection())).forEach(found::add);
            next = page.next();
        } while (next != null && found.size() <= limit);
        if (found.size() <= limit) {
            return new Page<>(found, next);
        }
        return new Page<>(found.subList(0, limit), found.get(limit - 1).id().value());
    }

    private Page<JobRecord> findPage(@Nullable CollectionId collection, @Nullable String cursor, int limit) {
        List<Object> parameters = new ArrayList<>();
        String sql = "SELECT * FROM job WHERE 1 = 1";
        if (collection != null) {
            sql += " AND collection = ?";
            parameters.add(collection.value());
        }
        if (cursor != null) {
            sql += " AND id < ?";
            parameters.add(cursor);
        }
        parameters.add(limit + 1);
        List<JobRecord> found = jdbc.sql(sql + " ORDER BY id DESC LIMIT ?")
                .params(parameters)
                .query(JobRepository::read)
                .list();
        boolean more = found.size() > limit;
        List<JobRecord> items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? items.getLast().id().value() : null);
    }

    /** Claims the next scan of a source that no other living node watches and that is not being scanned. */
    public Optional<JobRecord> claimScan() {
        return transactions.execute(status -> findQueuedScan()
                .filter(next -> {
                    SourceId source = Objects.requireNonNull(next.source());
                    lock(source);
                    return startScan(next.id(), source);
                })
                // Until the source was locked, somebody may have asked for more of the queued scan.
                .flatMap(next -> find(next.id())));
    }

    /** Whether a scan of the source is queued, or being carried out. */
    public boolean hasOpenScan(SourceId source) {
        return jdbc.sql("SELECT COUNT(*) FROM job WHERE source = ?"
                                + " AND (status = 'queued' OR status = 'running' AND scanned = 0)")
                        .param(source.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** False when another node has started it. Nobody else can start it now that the source is locked. */
    private boolean startScan(JobId scan, SourceId source) {
        return jdbc.sql("UPDATE job SET status = 'running', owner = ?, started_at = ? WHERE id = ? AND status"
                                + " = 'queued' AND NOT EXISTS (SELECT 1 FROM job other WHERE other.source = ? AND"
                                + " other.status = 'running' AND other.scanned = 0)")
                        .params(nodeRegistry.self(), clock.millis(), scan.value(), source.value())
                        .update()
                == 1;
    }

    private Optional<JobRecord> findQueuedScan() {
        return jdbc.sql("SELECT * FROM job WHERE status = 'queued' AND source IS NOT NULL AND NOT EXISTS"
                        + " (SELECT 1 FROM source WHERE source.id = job.source AND source.watcher <> ? AND NOT "
                        + nodeRegistry.orphanCondition("source.watcher") + ") AND NOT EXISTS"
                        + " (SELECT 1 FROM job other WHERE other.source = job.source AND other.status = 'running'"
                        + " AND other.scanned = 0) ORDER BY automatic, id LIMIT 1")
                .param(nodeRegistry.self())
                .query(JobRepository::read)
                .optional();
    }

    /** Every task of the job has been added. */
    public void markScanned(JobId job) {
        jdbc.sql("UPDATE job SET scanned = 1, owner = NULL WHERE id = ?")
                .param(job.value())
                .update();
    }

    /** Finishes the jobs that have no open task any more; a job whose documents all failed has failed. */
    public void finishCompleted(Collection<JobId> jobs) {
        for (String job : new TreeSet<>(jobs.stream().map(JobId::value).toList())) {
            // Without the lock, two nodes that finish the last two tasks at once would each see the other's task open.
            jdbc.sql("SELECT id FROM job WHERE id = ?" + dialect.forUpdate())
                    .param(job)
                    .query(String.class)
                    .optional();
            int finished = jdbc.sql("UPDATE job SET status = CASE WHEN " + ALL_FAILED
                            + " THEN 'failed' ELSE 'done' END,"
                            + " reason = CASE WHEN " + ALL_FAILED
                            + " THEN (SELECT MIN(task.reason) FROM task WHERE task.job = job.id) ELSE NULL END,"
                            + " finished_at = ? WHERE id = ? AND status = 'running' AND scanned = 1 AND NOT" + OPEN)
                    .params(clock.millis(), job)
                    .update();
            if (finished > 0) {
                publishEnd(new JobId(job));
            }
        }
    }

    /** After the transaction, with the state at its end. */
    private void publishEnd(JobId id) {
        find(id).ifPresent(job -> completions.publish(() -> describeEnd(find(id).orElse(job)), job.automatic()));
    }

    private JobCompleted describeEnd(JobRecord job) {
        int[] counts = new int[3];
        AtomicLong passages = new AtomicLong();
        jdbc.sql("SELECT status, COUNT(*), COALESCE(SUM(passages), 0) FROM task WHERE job = ? GROUP BY status")
                .param(job.id().value())
                .query(row -> {
                    switch (row.getString(1)) {
                        case "done" -> counts[0] = row.getInt(2);
                        case "failed" -> counts[1] = row.getInt(2);
                        case "cancelled" -> counts[2] = row.getInt(2);
                        default -> {}
                    }
                    passages.addAndGet(row.getLong(3));
                });
        return new JobCompleted(
                job.id(),
                job.collection(),
                job.caller() == null ? null : job.caller().id(),
                job.source(),
                job.status(),
                job.reasonCode(),
                job.reason(),
                counts[0],
                counts[1],
                counts[2],
                passages.get(),
                Duration.ofMillis(Math.max(0, job.finishedAt() - job.createdAt())));
    }

    /** Fails a job, unless it has ended already. */
    public void markFailed(JobId job, String code, String reason) {
        int failed = jdbc.sql("UPDATE job SET status = 'failed', owner = NULL, reason_code = ?, reason = ?,"
                        + " finished_at = ? WHERE id = ? AND status IN ('queued', 'running')")
                .params(code, reason, clock.millis(), job.value())
                .update();
        if (failed > 0) {
            publishEnd(job);
        }
    }

    /** False, and no change, when the job is final already. */
    public boolean markCancelled(JobId job) {
        int cancelled = jdbc.sql("UPDATE job SET status = 'cancelled', owner = NULL, scanned = 1, reason = ?,"
                        + " finished_at = ? WHERE id = ? AND status IN ('queued', 'running')")
                .params("Cancelled.", clock.millis(), job.value())
                .update();
        if (cancelled > 0) {
            publishEnd(job);
        }
        return cancelled > 0;
    }

    /**
     * Makes a job run again.
     *
     * @param scan whether the source is scanned again; otherwise, and if another scan of the source is queued already, only the tasks run again
     */
    public void restart(JobId job, boolean scan) {
        if (scan) {
            find(job).map(JobRecord::source).ifPresent(this::lock);
        }
        restartUnlocked(job, scan && !hasOtherQueuedScan(job));
    }

    private boolean hasOtherQueuedScan(JobId job) {
        return jdbc.sql("SELECT COUNT(*) FROM job j JOIN job other ON other.source = j.source"
                                + " WHERE j.id = ? AND other.id <> j.id AND other.status = 'queued'")
                        .param(job.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void restartUnlocked(JobId job, boolean scan) {
        jdbc.sql("UPDATE job SET status = ?, scanned = ?, automatic = 0, reason_code = NULL, reason = NULL,"
                        + " finished_at = NULL WHERE id = ?")
                .params(scan ? "queued" : "running", scan ? 0 : 1, job.value())
                .update();
    }

    /** Deletes the job unless it has a task; for an automatic scan without changes. */
    public void deleteEmpty(JobId job) {
        jdbc.sql("DELETE FROM job WHERE id = ? AND NOT EXISTS (SELECT 1 FROM task WHERE task.job = job.id)")
                .param(job.value())
                .update();
    }

    /**
     * Takes over the jobs of dead nodes: a scan is queued again, a job that was still getting tasks gets no more, and a job without open tasks is
     * finished.
     */
    public void requeueOrphaned() {
        transactions.executeWithoutResult(status -> {
            // The scan that is queued finds what this one has not found.
            jdbc.sql("UPDATE job SET scanned = 1, owner = NULL WHERE status = 'running' AND scanned = 0"
                            + " AND source IS NOT NULL AND " + nodeRegistry.orphanCondition("job.owner")
                            + " AND EXISTS (SELECT 1 FROM job other WHERE other.source = job.source"
                            + " AND (other.status = 'queued' OR (other.status = 'running' AND other.scanned = 0"
                            + " AND other.id < job.id)))")
                    .update();
            jdbc.sql("UPDATE job SET status = 'queued', owner = NULL WHERE status = 'running' AND scanned = 0"
                            + " AND source IS NOT NULL AND " + nodeRegistry.orphanCondition("job.owner"))
                    .update();
            jdbc.sql("UPDATE job SET scanned = 1 WHERE status = 'running' AND scanned = 0 AND source IS NULL AND "
                            + nodeRegistry.orphanCondition("job.owner"))
                    .update();
            finishCompleted(jdbc.sql("SELECT id FROM job WHERE status = 'running' AND scanned = 1 AND NOT" + OPEN)
                    .query((row, number) -> new JobId(row.getString(1)))
                    .list());
        });
    }

    /** Deletes the oldest finished jobs. */
    public void pruneFinished(int keep) {
        transactions.executeWithoutResult(status -> {
            List<String> old = jdbc.sql("SELECT id FROM job WHERE status NOT IN ('queued', 'running') AND NOT" + OPEN
                            + " ORDER BY id DESC LIMIT 1000 OFFSET ?" + dialect.forUpdateSkipLocked())
                    .param(keep)
                    .query((row, number) -> row.getString(1))
                    .list();
            for (String job : old) {
                jdbc.sql("DELETE FROM task WHERE job = ?").param(job).update();
                jdbc.sql("DELETE FROM job WHERE id = ?").param(job).update();
            }
        });
    }

    private static JobRecord read(ResultSet row, int number) throws SQLException {
        String source = row.getString("source");
        String caller = row.getString("caller");
        return new JobRecord(
                new JobId(row.getString("id")),
                new CollectionId(row.getString("collection")),
                source == null ? null : new SourceId(source),
                caller == null ? null : Caller.parse(caller).orElse(null),
                JobStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("reason_code"),
                row.getString("reason"),
                row.getInt("scanned") == 1,
                row.getInt("confirmed") == 1,
                row.getInt("compare_contents") == 1,
                row.getInt("automatic") == 1,
                row.getLong("created_at"),
                row.getLong("finished_at"));
    }

    /**
     * One row.
     *
     * @param source null unless the job scans one
     * @param caller who started it; null for jobs of earlier versions, and for callers that only a later version knows
     * @param reasonCode null unless the job failed
     * @param scanned whether all tasks of the job are known
     * @param confirmed whether a mass deletion is wanted
     * @param compareContents whether the bytes of all items are read, also of those whose size and times are unchanged
     * @param automatic whether nobody asked for the scan
     * @param createdAt epoch milliseconds
     * @param finishedAt epoch milliseconds; 0 before the job is final
     */
    public record JobRecord(
            JobId id,
            CollectionId collection,
            @Nullable SourceId source,
            @Nullable Caller caller,
            JobStatus status,
            @Nullable String reasonCode,
            @Nullable String reason,
            boolean scanned,
            boolean confirmed,
            boolean compareContents,
            boolean automatic,
            long createdAt,
            long finishedAt) {}
}
