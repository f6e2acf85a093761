package dev.lectern.ingestion.jobs;

import dev.lectern.shared.Caller;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue of the tasks of all jobs, shared by all nodes. Every method joins a transaction. */
@Repository
public class TaskRepository {
    private static final String COLUMNS =
            "id, job, document, attempts, large, (SELECT j.caller FROM job j WHERE j.id = t.job) AS caller";

    /** Keeps a node from changing a task that another node has taken over. */
    private static final String OWNED = " AND owner = ?";

    /** Documents that an upload may add at once with its priority; the others wait like the files of a source. */
    private static final int SMALL_JOB = 20;

    /** Bytes from which a document is expected to take long. Smaller ones with many passages are found to be large when they have been split. */
    static final long LARGE_BYTES = 8L << 20;

    /** Of so many tasks that a node claims, one is of the files that wait. */
    private static final int TURNS_FOR_ONE_FILE = 5;

    private static final Comparator<Due> BY_TURN =
            Comparator.comparingLong(Due::turn).thenComparing(one -> one.task().id());

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final NodeRegistry nodeRegistry;
    private final Dialect dialect;
    /** Uploads that this node has claimed since the last file, while files waited. */
    private final AtomicInteger uploadsInARow = new AtomicInteger();

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
     * Adds one task for each document. Jobs take turns from now on: the first task of a job comes next, however many tasks other jobs have. The files of
     * a source, and those of an upload beyond the first ones, get a fifth of the turns as long as there are smaller jobs.
     *
     * @param documents with their sizes in bytes
     */
    public void add(JobId job, Map<DocumentId, Long> documents, Priority priority) {
        if (documents.isEmpty()) {
            return;
        }
        long now = clock.millis();
        long turn = Math.max(findCurrentTurn(), findLastTurn(job));
        List<Object[]> rows = new ArrayList<>(documents.size());
        for (Map.Entry<DocumentId, Long> document : documents.entrySet()) {
            Priority own = rows.size() < SMALL_JOB ? priority : Priority.SOURCE;
            turn += own.step();
            long bytes = document.getValue();
            int large = bytes >= LARGE_BYTES ? 1 : 0;
            rows.add(new Object[] {
                ids.next(), job.value(), document.getKey().value(), own.rank(), now, bytes, turn, large
            });
        }
        batches.batchUpdate(
                "INSERT INTO task (id, job, document, status, priority, attempts, not_before, passages, bytes, turn,"
                        + " large) VALUES (?, ?, ?, 'queued', ?, 0, ?, 0, ?, ?, ?)",
                rows);
        jdbc.sql("UPDATE job SET last_turn = ? WHERE id = ?")
                .params(turn, job.value())
                .update();
    }

    /**
     * The turn of the task that is claimed next; 0 when none is queued. Large documents may wait long after their turn, so they count only when no other
     * waits.
     */
    private long findCurrentTurn() {
        long small = findFirstTurn(false);
        long first = small == Long.MAX_VALUE ? findFirstTurn(true) : small;
        return first == Long.MAX_VALUE ? 0 : first;
    }

    private long findFirstTurn(boolean large) {
        long first = Long.MAX_VALUE;
        for (Priority priority : Priority.values()) {
            first = Math.min(
                    first,
                    jdbc.sql("SELECT turn FROM task WHERE status = 'queued' AND priority = ? AND large = ?"
                                    + " ORDER BY turn LIMIT 1")
                            .params(priority.rank(), large ? 1 : 0)
                            .query(Long.class)
                            .optional()
                            .orElse(Long.MAX_VALUE));
        }
        return first;
    }

    private long findLastTurn(JobId job) {
        return jdbc.sql("SELECT last_turn FROM job WHERE id = ?")
                .param(job.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Claims tasks of all kinds, see {@link #claim(int, int, int)}. */
    public List<Task> claim(int limit) {
        return claim(limit, limit, limit);
    }

    /**
     * Claims tasks that are due, at most one of each document and none of a document that is in work. This node owns them as long as it lives. Claims
     * none while the library is switched to another embedder, which takes moments.
     *
     * @param limit maximum number of tasks of all kinds, in the order of their turns
     * @param uploadLimit maximum number of tasks if those beyond {@code limit} are of small uploads and not large
     * @param largeLimit maximum number of tasks of large documents among them
     */
    public List<Task> claim(int limit, int uploadLimit, int largeLimit) {
        return transactions.execute(status -> {
            List<Due> uploads = findDue(Priority.UPLOAD, false, Math.max(limit, uploadLimit));
            List<Due> files = findDue(Priority.SOURCE, false, limit);
            List<Due> small = List.copyOf(uploads);
            int large = Math.min(limit, largeLimit);
            List<Due> largeUploads = findDue(Priority.UPLOAD, true, large);
            List<Due> largeFiles = findDue(Priority.SOURCE, true, large);
            Stream.concat(largeUploads.stream(), largeFiles.stream())
                    .sorted(BY_TURN)
                    .limit(Math.max(0, large))
                    .forEach(one -> (largeUploads.contains(one) ? uploads : files).add(one));
            uploads.sort(BY_TURN);
            files.sort(BY_TURN);
            List<Due> chosen = choose(uploads, files, limit);
            small.stream()
                    .filter(one -> !chosen.contains(one))
                    .limit(Math.max(0, uploadLimit - chosen.size()))
                    .forEach(chosen::add);
            List<Task> tasks = chosen.stream().map(Due::task).toList();
            if (!tasks.isEmpty()) {
                jdbc.sql("UPDATE task SET status = 'running', owner = ?, progress_at = NULL, passages_per_hour = 0"
                                + " WHERE id IN ("
                                + String.join(",", Collections.nCopies(tasks.size(), "?")) + ")")
                        .param(nodeRegistry.self())
                        .params(tasks.stream().map(Task::id).toList())
                        .update();
            }
            return tasks;
        });
    }

    private record Due(Task task, long turn) {}

    /**
     * The next tasks in the order of their turns, among them at least a fifth of files that wait: each small upload is a job with turns of its own, so that
     * many of them would leave nothing to a folder.
     */
    private List<Due> choose(List<Due> uploads, List<Due> files, int limit) {
        List<Due> due = new ArrayList<>(uploads);
        due.addAll(files);
        due.sort(BY_TURN);
        List<Due> chosen = new ArrayList<>(due.subList(0, Math.min(limit, due.size())));
        int ofFiles = (int) chosen.stream().filter(files::contains).count();
        int owed = Math.min((uploadsInARow.get() + chosen.size()) / TURNS_FOR_ONE_FILE, files.size());
        if (ofFiles < owed) {
            chosen.clear();
            chosen.addAll(files.subList(0, owed));
            chosen.addAll(uploads.subList(0, Math.min(limit - owed, uploads.size())));
            ofFiles = owed;
        }
        if (ofFiles > 0 || files.isEmpty()) {
            uploadsInARow.set(0);
        } else {
            uploadsInARow.addAndGet(chosen.size());
        }
        return chosen;
    }

    /**
     * Only the first task of each document: another node may be claiming it in a transaction that is not visible yet. None while the library is switched
     * to another embedder, so that the new index catches up.
     */
    private List<Due> findDue(Priority priority, boolean large, int limit) {
        if (limit <= 0) {
            return new ArrayList<>();
        }
        long now = clock.millis();
        return new ArrayList<>(
                jdbc.sql("SELECT " + COLUMNS + ", turn FROM task t WHERE status = 'queued' AND priority = ?"
                                + " AND large = ? AND not_before <= ?"
                                + " AND NOT EXISTS (SELECT 1 FROM task r WHERE r.document = t.document AND r.status = 'running')"
                                + " AND NOT EXISTS (SELECT 1 FROM task q WHERE q.document = t.document AND q.status = 'queued'"
                                + " AND q.not_before <= ? AND (q.turn, q.id) < (t.turn, t.id))"
                                + " AND NOT EXISTS (SELECT 1 FROM reembedding s WHERE s.status IN ('switching', 'rolling_back'))"
                                + " ORDER BY turn, id LIMIT ?" + dialect.forUpdateSkipLocked())
                        .params(priority.rank(), large ? 1 : 0, now, now, limit)
                        .query((row, number) -> new Due(read(row, number), row.getLong("turn")))
                        .list());
    }

    private static Task read(ResultSet row, int number) throws SQLException {
        String caller = row.getString("caller");
        return new Task(
                row.getString("id"),
                new JobId(row.getString("job")),
                new DocumentId(row.getString("document")),
                row.getInt("attempts"),
                row.getInt("large") == 1,
                caller == null ? null : Caller.parse(caller).orElse(null));
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

    /**
     * Puts the task of a document that turned out to be large back into the queue, at its turn. False, and no change, when this node does not own it any
     * more.
     *
     * @param embedded passages with an embedding
     * @param total passages of the document
     */
    public boolean requeueAsLarge(Task task, int embedded, int total) {
        return jdbc.sql("UPDATE task SET status = 'queued', owner = NULL, large = 1, passages_embedded = ?,"
                                + " passages_total = ?, not_before = ? WHERE id = ?" + OWNED)
                        .params(embedded, total, clock.millis(), task.id(), nodeRegistry.self())
                        .update()
                == 1;
    }

    /** Puts the tasks of dead nodes back into the queue and returns their documents. */
    public List<DocumentId> requeueOrphaned() {
        return transactions.execute(status -> {
            List<Task> orphans = jdbc.sql("SELECT " + COLUMNS + " FROM task t WHERE status = 'running' AND "
                            + nodeRegistry.orphanCondition("t.owner") + " ORDER BY id"
                            + dialect.forUpdateSkipLocked())
                    .query(TaskRepository::read)
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

    /** Queues the failed and cancelled tasks of a job again, without attempts and behind the tasks that wait, and returns their documents. */
    public List<DocumentId> retryEnded(JobId job) {
        List<DocumentId> documents = findDocuments(job, "'failed', 'cancelled'");
        long first = jdbc.sql(
                        "SELECT COALESCE(MIN(turn), 0) FROM task WHERE job = ? AND status IN ('failed', 'cancelled')")
                .param(job.value())
                .query(Long.class)
                .single();
        jdbc.sql("UPDATE task SET status = 'queued', attempts = 0, not_before = ?, reason = NULL,"
                        + " passages_total = 0, passages_embedded = 0, turn = turn + ?"
                        + " WHERE job = ? AND status IN ('failed', 'cancelled')")
                .params(clock.millis(), Math.max(0, findCurrentTurn() + 1 - first), job.value())
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
                        + " COALESCE(SUM(CASE WHEN status IN ('queued', 'running') AND passages_total = 0 THEN 1 ELSE 0 END),"
                        + " 0) AS unread,"
                        + " COALESCE(SUM(CASE WHEN status = 'done' THEN passages"
                        + " WHEN status IN ('queued', 'running') THEN passages_embedded ELSE 0 END), 0) AS embedded,"
                        + " COALESCE(SUM(CASE WHEN status = 'done' THEN passages"
                        + " WHEN status IN ('queued', 'running') THEN passages_total ELSE 0 END), 0) AS passages,"
                        + " COALESCE(SUM(CASE WHEN status = 'running' AND progress_at > ? THEN passages_per_hour ELSE 0 END),"
                        + " 0) AS per_hour,"
                        + " COALESCE(SUM(CASE WHEN status NOT IN ('queued', 'running') THEN bytes"
                        + " WHEN passages_total > 0 THEN bytes * passages_embedded / passages_total ELSE 0 END), 0)"
                        + " AS bytes_done"
                        + " FROM task WHERE job = ?")
                .params(clock.millis() - TaskProgressRepository.RATE_VALIDITY.toMillis(), job.value())
                .query((row, number) -> new Counts(
                        row.getInt("total"),
                        row.getInt("done"),
                        row.getInt("failed"),
                        row.getInt("open_tasks"),
                        row.getInt("unread"),
                        row.getLong("embedded"),
                        row.getLong("passages"),
                        row.getLong("per_hour") / 3_600.0,
                        row.getLong("bytes_done"),
                        row.getLong("bytes")))
                .single();
    }

    /** Uploads, which a person waits for, get four turns for each of the files of a source. */
    public enum Priority {
        UPLOAD(0, 1),
        SOURCE(1, 4);

        private final int rank;
        private final int step;

        Priority(int rank, int step) {
            this.rank = rank;
            this.step = step;
        }

        private int step() {
            return step;
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
     * @param unread those of them whose number of passages is not known yet
     * @param embedded passages of the finished tasks, and those of the open tasks that have an embedding
     * @param passages passages of the finished tasks, and those of the open tasks as far as they are known
     * @param rate passages that the running tasks embed a second, on all nodes
     * @param bytesDone of the originals of the tasks that ended, and the share of the open ones that their embedded passages are
     * @param bytes of the originals of all tasks
     */
    public record Counts(
            int total,
            int done,
            int failed,
            int open,
            int unread,
            long embedded,
            long passages,
            double rate,
            long bytesDone,
            long bytes) {}
}
