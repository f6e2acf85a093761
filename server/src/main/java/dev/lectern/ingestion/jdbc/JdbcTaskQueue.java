package dev.lectern.ingestion.jdbc;

import dev.lectern.ingestion.Task;
import dev.lectern.ingestion.TaskQueue;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
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
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final String owner;

    JdbcTaskQueue(
            JdbcClient jdbc,
            JdbcTemplate batches,
            TransactionTemplate transactions,
            IdGenerator ids,
            InstantSource clock,
            Owner owner) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.owner = owner.id();
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
    public List<Task> claim(int most, Duration lease) {
        return transactions.execute(status -> {
            List<Task> tasks = new ArrayList<>();
            Set<DocumentId> documents = new HashSet<>();
            for (Task task : waiting(most)) {
                if (documents.add(task.document())) {
                    tasks.add(task);
                }
            }
            if (!tasks.isEmpty()) {
                jdbc.sql("UPDATE task SET status = 'running', owner = ?, lease_until = ? WHERE id IN ("
                                + String.join(",", Collections.nCopies(tasks.size(), "?")) + ")")
                        .params(owner, clock.millis() + lease.toMillis())
                        .params(tasks.stream().map(Task::id).toList())
                        .update();
            }
            return tasks;
        });
    }

    private List<Task> waiting(int most) {
        return jdbc.sql("SELECT id, job, document, attempts FROM task t WHERE status = 'queued' AND not_before <= ?"
                        + " AND NOT EXISTS (SELECT 1 FROM task r WHERE r.document = t.document AND r.status = 'running')"
                        + " ORDER BY priority, not_before, id LIMIT ?")
                .params(clock.millis(), most)
                .query((row, number) -> new Task(
                        row.getString(1), new JobId(row.getString(2)), new DocumentId(row.getString(3)), row.getInt(4)))
                .list();
    }

    @Override
    public Optional<Duration> nextIn() {
        return jdbc.sql("SELECT not_before FROM task WHERE status = 'queued' ORDER BY not_before LIMIT 1")
                .query(Long.class)
                .optional()
                .map(at -> Duration.ofMillis(Math.max(0, at - clock.millis())));
    }

    @Override
    public void renew(Duration lease) {
        jdbc.sql("UPDATE task SET lease_until = ? WHERE status = 'running' AND owner = ?")
                .params(clock.millis() + lease.toMillis(), owner)
                .update();
    }

    @Override
    public void done(Task task, int passages) {
        jdbc.sql("UPDATE task SET status = 'done', owner = NULL, lease_until = NULL, reason = NULL, passages = ?"
                        + " WHERE id = ?")
                .params(passages, task.id())
                .update();
    }

    @Override
    public void failed(Task task, String reason) {
        jdbc.sql("UPDATE task SET status = 'failed', owner = NULL, lease_until = NULL, reason = ? WHERE id = ?")
                .params(reason, task.id())
                .update();
    }

    @Override
    public void later(Task task, Duration wait, boolean failure) {
        jdbc.sql("UPDATE task SET status = 'queued', owner = NULL, lease_until = NULL, attempts = attempts + ?,"
                        + " not_before = ? WHERE id = ?")
                .params(failure ? 1 : 0, clock.millis() + wait.toMillis(), task.id())
                .update();
    }

    @Override
    public List<DocumentId> takeOver(boolean alone) {
        String dead = "status = 'running' AND owner <> ? AND (? = 1 OR lease_until < ?)";
        return transactions.execute(status -> {
            List<DocumentId> documents = documents("SELECT document FROM task WHERE " + dead, alone);
            jdbc.sql("UPDATE task SET status = 'queued', owner = NULL, lease_until = NULL WHERE " + dead)
                    .params(owner, alone ? 1 : 0, clock.millis())
                    .update();
            if (alone) {
                // What made them fail may have gone with the restart.
                jdbc.sql("UPDATE task SET not_before = ? WHERE status = 'queued' AND not_before > ?")
                        .params(clock.millis(), clock.millis())
                        .update();
            }
            return documents;
        });
    }

    private List<DocumentId> documents(String sql, boolean alone) {
        return jdbc.sql(sql)
                .params(owner, alone ? 1 : 0, clock.millis())
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list();
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
        return jdbc.sql("SELECT (SELECT COUNT(*) FROM task WHERE status IN ('queued', 'running'))"
                                + " + (SELECT COUNT(*) FROM job WHERE status IN ('queued', 'running'))")
                        .query(Long.class)
                        .single()
                == 0;
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
