package dev.lectern.ingestion.jdbc;

import dev.lectern.http.Page;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.Jobs;
import dev.lectern.ingestion.Source;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcJobs implements Jobs {
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

    JdbcJobs(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            IdGenerator ids,
            InstantSource clock,
            NodeRegistry nodeRegistry,
            Dialect dialect) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.nodeRegistry = nodeRegistry;
        this.dialect = dialect;
    }

    @Override
    public JobId create(CollectionId collection, boolean complete) {
        JobId id = insert(collection, null, JobStatus.RUNNING, complete, false, false);
        jdbc.sql("UPDATE job SET owner = ?, started_at = created_at WHERE id = ?")
                .params(nodeRegistry.self(), id.value())
                .update();
        return id;
    }

    @Override
    public JobId createScan(Source source, boolean confirmed, boolean automatic) {
        return transactions.execute(status -> {
            lock(source.id());
            Optional<JobId> waiting = jdbc.sql("SELECT id FROM job WHERE source = ? AND status = 'queued'")
                    .param(source.id().value())
                    .query((row, number) -> new JobId(row.getString(1)))
                    .optional();
            if (waiting.isEmpty()) {
                return insert(source.collection(), source.id(), JobStatus.QUEUED, false, confirmed, automatic);
            }
            if (!automatic) {
                jdbc.sql("UPDATE job SET automatic = 0, confirmed = ? WHERE id = ?")
                        .params(confirmed ? 1 : 0, waiting.get().value())
                        .update();
            }
            return waiting.get();
        });
    }

    /** Of the scans of a source one at a time is asked for or taken. */
    private void lock(SourceId source) {
        jdbc.sql("SELECT id FROM source WHERE id = ?" + dialect.forUpdate())
                .param(source.value())
                .query(String.class)
                .optional();
    }

    private JobId insert(
            CollectionId collection,
            @Nullable SourceId source,
            JobStatus status,
            boolean scanned,
            boolean confirmed,
            boolean automatic) {
        JobId id = new JobId(ids.next());
        jdbc.sql("INSERT INTO job (source, id, collection, status, scanned, confirmed, automatic, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(source == null ? null : source.value())
                .params(
                        id.value(),
                        collection.value(),
                        status.text(),
                        scanned ? 1 : 0,
                        confirmed ? 1 : 0,
                        automatic ? 1 : 0,
                        clock.millis())
                .update();
        return id;
    }

    @Override
    public Optional<JobRow> find(JobId job) {
        return jdbc.sql("SELECT * FROM job WHERE id = ?")
                .param(job.value())
                .query(JdbcJobs::job)
                .optional();
    }

    @Override
    public Page<JobRow> page(@Nullable CollectionId collection, @Nullable String cursor, int limit) {
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
        List<JobRow> found = jdbc.sql(sql + " ORDER BY id DESC LIMIT ?")
                .params(parameters)
                .query(JdbcJobs::job)
                .list();
        boolean more = found.size() > limit;
        List<JobRow> items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? items.getLast().id().value() : null);
    }

    @Override
    public Optional<JobRow> claimScan() {
        return transactions.execute(status -> scanToDo().filter(next -> {
            SourceId source = Objects.requireNonNull(next.source());
            lock(source);
            return begin(next.id(), source);
        }));
    }

    /** Whether it is still to be done, which nobody else can change any more now that the source is locked. */
    private boolean begin(JobId scan, SourceId source) {
        return jdbc.sql(
                                "UPDATE job SET status = 'running', owner = ?, started_at = ? WHERE id = ? AND status = 'queued'"
                                        + " AND NOT EXISTS (SELECT 1 FROM job other WHERE other.source = ?"
                                        + " AND other.status = 'running' AND other.scanned = 0)")
                        .params(nodeRegistry.self(), clock.millis(), scan.value(), source.value())
                        .update()
                == 1;
    }

    private Optional<JobRow> scanToDo() {
        return jdbc.sql("SELECT * FROM job WHERE status = 'queued' AND source IS NOT NULL AND NOT EXISTS"
                        + " (SELECT 1 FROM source WHERE source.id = job.source AND source.watcher <> ? AND NOT "
                        + nodeRegistry.orphanCondition("source.watcher") + ") AND NOT EXISTS"
                        + " (SELECT 1 FROM job other WHERE other.source = job.source AND other.status = 'running'"
                        + " AND other.scanned = 0) ORDER BY automatic, id LIMIT 1")
                .param(nodeRegistry.self())
                .query(JdbcJobs::job)
                .optional();
    }

    @Override
    public void scanned(JobId job) {
        jdbc.sql("UPDATE job SET scanned = 1, owner = NULL WHERE id = ?")
                .param(job.value())
                .update();
    }

    @Override
    public void finish(Collection<JobId> jobs) {
        for (String job : new TreeSet<>(jobs.stream().map(JobId::value).toList())) {
            // Who ends its last but one task at the same time is waited for, or neither would see that the other's was
            // the last.
            jdbc.sql("SELECT id FROM job WHERE id = ?" + dialect.forUpdate())
                    .param(job)
                    .query(String.class)
                    .optional();
            jdbc.sql("UPDATE job SET status = CASE WHEN " + ALL_FAILED + " THEN 'failed' ELSE 'done' END,"
                            + " reason = CASE WHEN " + ALL_FAILED
                            + " THEN (SELECT MIN(task.reason) FROM task WHERE task.job = job.id) ELSE NULL END,"
                            + " finished_at = ? WHERE id = ? AND status = 'running' AND scanned = 1 AND NOT" + OPEN)
                    .params(clock.millis(), job)
                    .update();
        }
    }

    @Override
    public void failed(JobId job, String code, String reason) {
        jdbc.sql("UPDATE job SET status = 'failed', owner = NULL, reason_code = ?, reason = ?, finished_at = ?"
                        + " WHERE id = ?")
                .params(code, reason, clock.millis(), job.value())
                .update();
    }

    @Override
    public void cancelled(JobId job) {
        jdbc.sql("UPDATE job SET status = 'cancelled', owner = NULL, scanned = 1, reason = ?, finished_at = ?"
                        + " WHERE id = ? AND status IN ('queued', 'running')")
                .params("Cancelled.", clock.millis(), job.value())
                .update();
    }

    @Override
    public void again(JobId job, boolean scan) {
        jdbc.sql("UPDATE job SET status = ?, scanned = ?, automatic = 0, reason_code = NULL, reason = NULL,"
                        + " finished_at = NULL WHERE id = ?")
                .params(scan ? "queued" : "running", scan ? 0 : 1, job.value())
                .update();
    }

    @Override
    public void forget(JobId job) {
        jdbc.sql("DELETE FROM job WHERE id = ? AND NOT EXISTS (SELECT 1 FROM task WHERE task.job = job.id)")
                .param(job.value())
                .update();
    }

    @Override
    public void takeOver() {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("UPDATE job SET status = 'queued', owner = NULL WHERE status = 'running' AND scanned = 0"
                            + " AND source IS NOT NULL AND " + nodeRegistry.orphanCondition("job.owner"))
                    .update();
            jdbc.sql("UPDATE job SET scanned = 1 WHERE status = 'running' AND scanned = 0 AND source IS NULL AND "
                            + nodeRegistry.orphanCondition("job.owner"))
                    .update();
            finish(jdbc.sql("SELECT id FROM job WHERE status = 'running' AND scanned = 1 AND NOT" + OPEN)
                    .query((row, number) -> new JobId(row.getString(1)))
                    .list());
        });
    }

    @Override
    public void prune(int keep) {
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

    @Override
    public SourceId addSource(CollectionId collection, String folder) {
        return transactions.execute(status -> {
            jdbc.sql("INSERT INTO source (id, collection, kind, path, created_at) VALUES (?, ?, 'folder', ?, ?)"
                            + " ON CONFLICT DO NOTHING")
                    .params(ids.next(), collection.value(), folder, clock.millis())
                    .update();
            return jdbc.sql("SELECT id FROM source WHERE collection = ? AND kind = 'folder' AND path = ?")
                    .params(collection.value(), folder)
                    .query((row, number) -> new SourceId(row.getString(1)))
                    .single();
        });
    }

    @Override
    public Optional<Source> source(SourceId source) {
        return jdbc.sql("SELECT * FROM source WHERE id = ?")
                .param(source.value())
                .query(JdbcJobs::source)
                .optional();
    }

    @Override
    public List<Source> sources(@Nullable CollectionId collection) {
        return jdbc.sql("SELECT * FROM source ORDER BY id").query(JdbcJobs::source).list().stream()
                .filter(source -> collection == null || source.collection().equals(collection))
                .toList();
    }

    @Override
    public void sourceScanned(SourceId source, @Nullable String reason) {
        jdbc.sql("UPDATE source SET reason = ?, scanned_at = CASE WHEN ? = 1 THEN ? ELSE scanned_at END WHERE id = ?")
                .param(reason)
                .params(reason == null ? 1 : 0, clock.millis(), source.value())
                .update();
    }

    @Override
    public void removeSource(SourceId source) {
        jdbc.sql("DELETE FROM source WHERE id = ?").param(source.value()).update();
    }

    @Override
    public boolean watch(SourceId source) {
        return jdbc.sql("UPDATE source SET watcher = ? WHERE id = ? AND (watcher = ? OR "
                                + nodeRegistry.orphanCondition("source.watcher") + ")")
                        .params(nodeRegistry.self(), source.value(), nodeRegistry.self())
                        .update()
                == 1;
    }

    @Override
    public void unwatch(SourceId source) {
        jdbc.sql("UPDATE source SET watcher = NULL WHERE id = ? AND watcher = ?")
                .params(source.value(), nodeRegistry.self())
                .update();
    }

    @Override
    public List<Source> watchable() {
        return jdbc.sql("SELECT * FROM source WHERE watcher = ? OR " + nodeRegistry.orphanCondition("source.watcher")
                        + " ORDER BY id")
                .param(nodeRegistry.self())
                .query(JdbcJobs::source)
                .list();
    }

    private static JobRow job(ResultSet row, int number) throws SQLException {
        String source = row.getString("source");
        return new JobRow(
                new JobId(row.getString("id")),
                new CollectionId(row.getString("collection")),
                source == null ? null : new SourceId(source),
                JobStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("reason_code"),
                row.getString("reason"),
                row.getInt("scanned") == 1,
                row.getInt("confirmed") == 1,
                row.getInt("automatic") == 1,
                row.getLong("created_at"),
                row.getLong("finished_at"));
    }

    private static Source source(ResultSet row, int number) throws SQLException {
        long scanned = row.getLong("scanned_at");
        Instant scannedAt = row.wasNull() ? null : Instant.ofEpochMilli(scanned);
        return new Source(
                new SourceId(row.getString("id")),
                new CollectionId(row.getString("collection")),
                Path.of(row.getString("path")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                scannedAt,
                row.getString("reason"));
    }
}
