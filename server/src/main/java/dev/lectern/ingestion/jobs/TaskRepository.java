package dev.lectern.ingestion.jobs;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue of the tasks of all jobs, shared by all nodes. Every method joins a transaction. */
@Repository
public class TaskRepository {
    /** Keeps a node from changing a task that another node has taken over. */
    private static final String OWNED = " AND owner = ?";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final NodeRegistry nodeRegistry;
    private final Dialect dialect;

    TaskRepository(
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

    /**
     * Adds one task for each document.
     *
     * @param documents with their sizes in bytes
     */
    public void add(JobId job, Map<DocumentId, Long> documents, Priority priority) {
        long now = clock.millis();
        List<Object[]> rows = new ArrayList<>(documents.size());
        documents.forEach((document, bytes) ->
                rows.add(new Object[] {ids.next(), job.value(), document.value(), priority.rank(), now, bytes}));
        batches.batchUpdate(
                "INSERT INTO task (id, job, document, status, priority, attempts, not_before, passages, bytes)"
                        + " VALUES (?, ?, ?, 'queued', ?, 0, ?, 0, ?)",
                rows);
    }

    /**
     * Claims up to {@code limit} tasks that are due, at most one of each document and none of a document that is in work. This node owns them as long as it
     * lives. Claims none while the library is switched to another embedder, which takes moments.
     */
    public List<Task> claim(int limit) {
        return transactions.execute(status -> {
            List<Task> tasks = findDue(limit);
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
     * Only the first task of each document: another node may be claiming it in a transaction that is not visible yet. None while the library is switched
     * to another embedder, so that the new index catches up.
     */
    private List<Task> findDue(int limit) {
        long now = clock.millis();
        return jdbc.sql("SELECT id, job, document, attempts FROM task t WHERE status = 'queued' AND not_before <= ?"
                        + " AND NOT EXISTS (SELECT 1 FROM task r WHERE r.document = t.document AND r.status = 'running')"
                        + " AND NOT EXISTS (SELECT 1 FROM task q WHERE q.document = t.document AND q.status = 'queued'"
                        + " AND q.not_before <= ?"
                        + " AND (q.priority, q.not_before, q.id) < (t.priority, t.not_before, t.id))"
                        + " AND NOT EXISTS (SELECT 1 FROM reembedding s WHERE s.status IN ('switching', 'rolling_back'))"
                        + " ORDER BY priority, not_before, id LIMIT ?" + dialect.forUpdateSkipLocked())
                .params(now, now, limit)
                .query((row, number) -> new Task(
                        row.getString(1), new JobId(row.getString(2)), new DocumentId(row.getString(3)), row.getInt(4)))
                .list();
    }

    /** Time until the next queued task is due: zero when one is due, empty when none is queued. */
    public Optional<Duration> timeUntilNext() {
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

    /** False when this node does not own the task any more, because it ended or was taken over; nothing changes then. */
    public boolean markDone(Task task, int passages) {
        return jdbc.sql("UPDATE task SET status = 'done', owner = NULL, reason = NULL, passages = ? WHERE id = ?"
                                + OWNED)
                        .params(passages, task.id(), nodeRegistry.self())
                        .update()
                == 1;
    }

    /** False, and no change, when this node does not own the task any more. */
    public boolean markFailed(Task task, String reason) {
        return jdbc.sql("UPDATE task SET status = 'failed', owner = NULL, reason = ? WHERE id = ?" + OWNED)
                        .params(reason, task.id(), nodeRegistry.self())
                        .update()
                == 1;
    }

    /**
     * Puts a task back into the queue. False, and no change, when this node does not own it any more.
     *
     * @param wait before the task is due again
     * @param failure whether this counts as a failed attempt
     */
    public boolean requeue(Task task, Duration wait, boolean failure) {
        return jdbc.sql(
                                "UPDATE task SET status = 'queued', owner = NULL, attempts = attempts + ?, not_before = ? WHERE id = ?"
                                        + OWNED)
                        .params(failure ? 1 : 0, clock.millis() + wait.toMillis(), task.id(), nodeRegistry.self())
                        .update()
                == 1;
    }

    /** Puts the tasks of dead nodes back into the queue and returns their documents. */
    public List<DocumentId> requeueOrphaned() {
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

    /** Makes all queued tasks due: the cause of their failures may have gone with the restart. */
    public void clearBackOff() {
        jdbc.sql("UPDATE task SET not_before = ? WHERE status = 'queued' AND not_before > ?")
                .params(clock.millis(), clock.millis())
                .update();
    }

    /** Jobs that were cancelled on any node and of which this node has running tasks. */
    public Set<JobId> findCancelledJobs() {
        return new HashSet<>(jdbc.sql(
                        "SELECT t.job FROM task t JOIN job j ON j.id = t.job WHERE t.status = 'running' AND t.owner = ?"
                                + " AND j.status = 'cancelled'")
                .param(nodeRegistry.self())
                .query((row, number) -> new JobId(row.getString(1)))
                .list());
    }

    /** Cancels the queued tasks of a job and returns their documents. */
    public List<DocumentId> cancelQueued(JobId job) {
        List<DocumentId> documents = findDocuments(job, "'queued'");
        jdbc.sql("UPDATE task SET status = 'cancelled' WHERE job = ? AND status = 'queued'")
                .param(job.value())
                .update();
        return documents;
    }

    /** Queues the failed and cancelled tasks of a job again, without attempts, and returns their documents. */
    public List<DocumentId> retryEnded(JobId job) {
        List<DocumentId> documents = findDocuments(job, "'failed', 'cancelled'");
        jdbc.sql("UPDATE task SET status = 'queued', attempts = 0, not_before = ?, reason = NULL"
                        + " WHERE job = ? AND status IN ('failed', 'cancelled')")
                .params(clock.millis(), job.value())
                .update();
        return documents;
    }

    private List<DocumentId> findDocuments(JobId job, String statuses) {
        return jdbc.sql("SELECT document FROM task WHERE job = ? AND status IN (" + statuses + ")")
                .param(job.value())
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list();
    }

    /** Documents with a queued or running task. */
    public Set<DocumentId> findOpenDocuments() {
        return new HashSet<>(jdbc.sql("SELECT document FROM task WHERE status IN ('queued', 'running')")
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list());
    }

    /** Whether no task and no job is queued or running. */
    public boolean isIdle() {
        return jdbc.sql("SELECT 1 FROM task WHERE status IN ('queued', 'running') UNION ALL"
                        + " SELECT 1 FROM job WHERE status IN ('queued', 'running') LIMIT 1")
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    public Counts count(JobId job) {
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

    /** Uploads, which a person waits for, are claimed before the files of a source. */
    public enum Priority {
        UPLOAD(0),
        SOURCE(1);

        private final int rank;

        Priority(int rank) {
            this.rank = rank;
        }

        private int rank() {
            return rank;
        }
    }

    /**
     * The tasks of a job by their state.
     *
     * @param failed failed or cancelled
     * @param open queued or running
     * @param passages of the finished tasks
     * @param bytesDone of the originals of the tasks that ended
     * @param bytes of the originals of all tasks
     */
    public record Counts(int total, int done, int failed, int open, long passages, long bytesDone, long bytes) {}
}
