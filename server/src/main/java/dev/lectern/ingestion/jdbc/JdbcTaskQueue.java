package dev.lectern.ingestion.jdbc;

import dev.lectern.ingestion.Task;
import dev.lectern.ingestion.TaskQueue;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcTaskQueue implements TaskQueue {
    /** What another node has taken over since is that one's. */
    private static final String STILL_OURS = " AND owner = ?";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final NodeRegistry nodeRegistry;
    private final Dialect dialect;

    JdbcTaskQueue(
            JdbcClient jdbc,
            JdbcTemplate batches,
            TransactionTemplate transactions,
            IdGenerator ids,
            InstantSource clock,
            NodeRegistry nodeRegistry,
            Dialect dialect) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.nodeRegistry = nodeRegistry;
        this.dialect = dialect;
    }

    @Override
    public void add(JobId job, Collection<DocumentId> documents, Priority priority) {
        long now = clock.millis();
        List<Object[]> rows = new ArrayList<>(documents.size());
        for (DocumentId document : documents) {
            rows.add(new Object[] {ids.next(), job.value(), document.value(), priority.rank(), now, document.value()});
        }
        batches.batchUpdate(
                "INSERT INTO task (id, job, document, status, priority, attempts, not_before, passages, bytes)"
                        + " SELECT ?, ?, ?, 'queued', ?, 0, ?, 0, bytes FROM document WHERE id = ?",
                rows);
    }

    @Override
    public List<Task> claim(int most) {
        return transactions.execute(status -> {
            List<Task> tasks = waiting(most);
            if (!tasks.isEmpty()) {
                jdbc.sql("UPDATE task SET status = 'running', owner = ? WHERE id IN ("
                                + String.join(",", Collections.nCopies(tasks.size(), "?")) + ")")
                        .param(nodeRegistry.self())
                        .params(tasks.stream().map(Task::id).toList())
                        .update();
            }
            return tasks;
        });
    }

    /**
     * Of each document the first alone: another node may be about to take it, and would not be seen. None while the library is switched to another
     * embedder, so that the new index catches up.
     */
    private List<Task> waiting(int most) {
        long now = clock.millis();
        return jdbc.sql("SELECT id, job, document, attempts FROM task t WHERE status = 'queued' AND not_before <= ?"
                        + " AND NOT EXISTS (SELECT 1 FROM task r WHERE r.document = t.document AND r.status = 'running')"
                        + " AND NOT EXISTS (SELECT 1 FROM task q WHERE q.document = t.document AND q.status = 'queued'"
                        + " AND q.not_before <= ?"
                        + " AND (q.priority, q.not_before, q.id) < (t.priority, t.not_before, t.id))"
                        + " AND NOT EXISTS (SELECT 1 FROM reembedding s WHERE s.status IN ('switching', 'rolling_back'))"
                        + " ORDER BY priority, not_before, id LIMIT ?" + dialect.forUpdateSkipLocked())
                .params(now, now, most)
                .query((row, number) -> new Task(
                        row.getString(1), new JobId(row.getString(2)), new DocumentId(row.getString(3)), row.getInt(4)))
                .list();
    }

    @Override
    public Optional<Duration> nextIn() {
        long first = Long.MAX_VALUE;
        for (Priority priority : Priority.values()) {
            first = Math.min(first, firstOf(priority));
        }
        return first == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.max(0, first - clock.millis())));
    }

    private long firstOf(Priority priority) {
        return jdbc.sql("SELECT not_before FROM task WHERE status = 'queued' AND priority = ?"
                        + " ORDER BY not_before LIMIT 1")
                .param(priority.rank())
                .query(Long.class)
                .optional()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public boolean done(Task task, int passages) {
        return jdbc.sql("UPDATE task SET status = 'done', owner = NULL, reason = NULL, passages = ? WHERE id = ?"
                                + STILL_OURS)
                        .params(passages, task.id(), nodeRegistry.self())
                        .update()
                == 1;
    }

    @Override
    public boolean failed(Task task, String reason) {
        return jdbc.sql("UPDATE task SET status = 'failed', owner = NULL, reason = ? WHERE id = ?" + STILL_OURS)
                        .params(reason, task.id(), nodeRegistry.self())
                        .update()
                == 1;
    }

    @Override
    public boolean later(Task task, Duration wait, boolean failure) {
        return jdbc.sql(
                                "UPDATE task SET status = 'queued', owner = NULL, attempts = attempts + ?, not_before = ? WHERE id = ?"
                                        + STILL_OURS)
                        .params(failure ? 1 : 0, clock.millis() + wait.toMillis(), task.id(), nodeRegistry.self())
                        .update()
                == 1;
    }

    @Override
    public List<DocumentId> takeOver() {
        return transactions.execute(status -> {
            List<Task> orphans = jdbc.sql("SELECT id, job, document, attempts FROM task WHERE status = 'running' AND "
                            + nodeRegistry.orphanCondition("task.owner") + " ORDER BY id"
                            + dialect.forUpdateSkipLocked())
                    .query((row, number) -> new Task(
                            row.getString(1),
                            new JobId(row.getString(2)),
                            new DocumentId(row.getString(3)),
                            row.getInt(4)))
                    .list();
            for (Task orphan : orphans) {
                jdbc.sql("UPDATE task SET status = 'queued', owner = NULL WHERE id = ?")
                        .param(orphan.id())
                        .update();
            }
            return orphans.stream().map(Task::document).toList();
        });
    }

    @Override
    public void hurry() {
        jdbc.sql("UPDATE task SET not_before = ? WHERE status = 'queued' AND not_before > ?")
                .params(clock.millis(), clock.millis())
                .update();
    }

    @Override
    public Set<JobId> cancelled() {
        return new HashSet<>(jdbc.sql(
                        "SELECT t.job FROM task t JOIN job j ON j.id = t.job WHERE t.status = 'running' AND t.owner = ?"
                                + " AND j.status = 'cancelled'")
                .param(nodeRegistry.self())
                .query((row, number) -> new JobId(row.getString(1)))
                .list());
    }

    @Override
    public List<DocumentId> cancel(JobId job) {
        List<DocumentId> documents = ofJob(job, "'queued'");
        jdbc.sql("UPDATE task SET status = 'cancelled' WHERE job = ? AND status = 'queued'")
                .param(job.value())
                .update();
        return documents;
    }

    @Override
    public List<DocumentId> retry(JobId job) {
        List<DocumentId> documents = ofJob(job, "'failed', 'cancelled'");
        jdbc.sql("UPDATE task SET status = 'queued', attempts = 0, not_before = ?, reason = NULL"
                        + " WHERE job = ? AND status IN ('failed', 'cancelled')")
                .params(clock.millis(), job.value())
                .update();
        return documents;
    }

    private List<DocumentId> ofJob(JobId job, String statuses) {
        return jdbc.sql("SELECT document FROM task WHERE job = ? AND status IN (" + statuses + ")")
                .param(job.value())
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list();
    }

    @Override
    public Set<DocumentId> open() {
        return new HashSet<>(jdbc.sql("SELECT document FROM task WHERE status IN ('queued', 'running')")
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list());
    }

    @Override
    public boolean idle() {
        return jdbc.sql("SELECT 1 FROM task WHERE status IN ('queued', 'running') UNION ALL"
                        + " SELECT 1 FROM job WHERE status IN ('queued', 'running') LIMIT 1")
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    @Override
    public Counts counts(JobId job) {
        return jdbc.sql("SELECT COUNT(*) AS total, COALESCE(SUM(bytes), 0) AS bytes,"
                        + " COALESCE(SUM(CASE WHEN status = 'done' THEN 1 ELSE 0 END), 0) AS done,"
                        + " COALESCE(SUM(CASE WHEN status IN ('failed', 'cancelled') THEN 1 ELSE 0 END), 0) AS failed,"
                        + " COALESCE(SUM(CASE WHEN status IN ('queued', 'running') THEN 1 ELSE 0 END), 0) AS open_tasks,"
                        + " COALESCE(SUM(passages), 0) AS passages,"
                        + " COALESCE(SUM(CASE WHEN status IN ('queued', 'running') THEN 0 ELSE bytes END), 0) AS bytes_done"
                        + " FROM task WHERE job = ?")
                .param(job.value())
                .query((row, number) -> new Counts(
                        row.getInt("total"),
                        row.getInt("done"),
                        row.getInt("failed"),
                        row.getInt("open_tasks"),
                        row.getLong("passages"),
                        row.getLong("bytes_done"),
                        row.getLong("bytes")))
                .single();
    }
}
