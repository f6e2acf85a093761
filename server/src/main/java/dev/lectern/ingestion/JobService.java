package dev.lectern.ingestion;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.http.Page;
import dev.lectern.ingestion.Job.Progress;
import dev.lectern.ingestion.Job.RunningDocument;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.JobRepository.JobRecord;
import dev.lectern.ingestion.jobs.QueuePauseRepository;
import dev.lectern.ingestion.jobs.Task;
import dev.lectern.ingestion.jobs.TaskProgressRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.library.DocumentProgress;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts, shows, retries and cancels the jobs of ingestion. Every method about a job checks the permission of its caller on the job's collection: reading to
 * see it, writing to change it. Thread-safe; the work of a job goes on after each method returns.
 */
@Service
public class JobService {
    private static final long POLL_MILLIS = 500;
    /** Documents in work that a job names. */
    private static final int MAX_RUNNING = 20;

    private static final long FOLLOW_PAUSE_MILLIS = 150;

    private final CollectionAccess access;
    private final LibraryCollections collections;
    private final Documents library;
    private final UploadService uploads;
    private final SourceService sources;
    private final JobRepository jobs;
    private final TaskRepository tasks;
    private final TaskProgressRepository progress;
    private final QueuePauseRepository pauses;
    private final TaskWorker worker;
    private final PipelineVersionProvider versions;
    private final JobMonitor monitor;
    private final DocumentStatusRepository documents;
    private final TransactionTemplate transactions;
    private final AuditLog auditLog;
    private final InstantSource clock;

    JobService(
            CollectionAccess access,
            LibraryCollections collections,
            Documents library,
            UploadService uploads,
            SourceService sources,
            JobRepository jobs,
            TaskRepository tasks,
            TaskProgressRepository progress,
            QueuePauseRepository pauses,
            TaskWorker worker,
            PipelineVersionProvider versions,
            JobMonitor monitor,
            DocumentStatusRepository documents,
            TransactionTemplate transactions,
            AuditLog auditLog,
            InstantSource clock) {
        this.access = access;
        this.collections = collections;
        this.library = library;
        this.uploads = uploads;
        this.sources = sources;
        this.jobs = jobs;
        this.tasks = tasks;
        this.progress = progress;
        this.pauses = pauses;
        this.worker = worker;
        this.versions = versions;
        this.monitor = monitor;
        this.documents = documents;
        this.transactions = transactions;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /**
     * A text with a name.
     *
     * @param path its place in the source of texts of its collection; a text that is added again under its path keeps its id; 1 to 1,000 characters
     * @param title one line, may be empty
     */
    public record TextDocument(String path, String title, String text) {}

    /**
     * Adds texts as they are, without the parser.
     *
     * @param texts 1 to 100,000
     * @throws LecternException NOT_FOUND when there is no such collection or the caller may not read it; FORBIDDEN when the caller may only read it
     */
    public JobId addTexts(Caller caller, CollectionId collection, List<TextDocument> texts) {
        return uploads.addTexts(collections.writableBy(caller, collection), texts);
    }

    /**
     * Reads a document again even if neither its bytes nor the pipeline version have changed.
     *
     * @throws LecternException NOT_FOUND when there is no such document or the caller may not read it; FORBIDDEN when the caller may only read it
     */
    public JobId reingest(Caller caller, DocumentId document) {
        WritableCollection collection = collections.writableBy(
                caller, library.getWritable(caller, document).collection());
        JobId job = transactions.execute(status -> {
            documents.requestReread(document);
            JobId created = jobs.create(collection, true);
            tasks.add(created, documents.findSizes(List.of(document)), TaskRepository.Priority.UPLOAD);
            return created;
        });
        worker.wake();
        return job;
    }

    /**
     * Retries the failed and cancelled documents of a job, and its scan if that failed or was cancelled.
     *
     * @throws LecternException NOT_FOUND; FORBIDDEN when the caller may only read the collection; CONFLICT before the job is final
     */
    public Job retry(Caller caller, JobId id) {
        JobRecord job = findWritable(caller, id);
        if (!job.status().isFinal()) {
            throw new LecternException(
                    ErrorCode.CONFLICT, "The job is still queued or running. Wait until it ends, or cancel it first.");
        }
        transactions.executeWithoutResult(status -> {
            List<DocumentId> retried = tasks.retryEnded(id);
            retried.forEach(documents::requestReread);
            boolean rescan = job.source() != null && (job.reasonCode() != null || job.status() == JobStatus.CANCELLED);
            jobs.restart(id, rescan);
            jobs.finishCompleted(List.of(id));
        });
        worker.wake();
        sources.wakeScans();
        return job(caller, id);
    }

    /**
     * Cancels a job. Documents that are not committed yet stay as they were. Those that were to be read again by another version of the pipeline are read by a
     * retry of the job only.
     *
     * @throws LecternException NOT_FOUND; FORBIDDEN when the caller may only read the collection
     */
    public Job cancel(Caller caller, JobId id) {
        JobRecord job = findWritable(caller, id);
        transactions.executeWithoutResult(status -> {
            documents.lockCollection(job.collection());
            if (jobs.markCancelled(id)) {
                auditLog.record(AuditEntry.of(AuditAction.JOB_CANCELLED, caller, "job", id.value())
                        .with("collection", job.collection())
                        .with("source", job.source()));
            }
            documents.recordCancelled(
                    tasks.cancelQueued(id), versions.current(), Task.CANCELLED, Task.CANCELLED_REASON);
        });
        worker.cancel(id);
        sources.wakeScans();
        monitor.signalChange();
        return job(caller, id);
    }

    /** @throws LecternException NOT_FOUND, also when the caller may not read its collection */
    public Job job(Caller caller, JobId id) {
        return describe(find(caller, Permission.READ, id));
    }

    /**
     * A page of jobs, the newest first.
     *
     * @param collection null for the jobs of all collections that the caller may read
     * @param cursor null for the first page
     * @param limit 1 to 200
     * @throws LecternException NOT_FOUND when the caller may not read the collection
     */
    public Page<Job> page(Caller caller, @Nullable CollectionId collection, @Nullable String cursor, int limit) {
        if (collection != null) {
            access.require(caller, Permission.READ, collection, LibraryCollections::notFound);
        }
        Page<JobRecord> rows = jobs.findPage(
                collection, readable -> access.isGranted(caller, Permission.READ, readable), cursor, limit);
        return new Page<>(rows.items().stream().map(this::describe).toList(), rows.next());
    }

    /**
     * The running scan of a source, or else the queued one, or else the last one that is still in the list. An automatic scan that found nothing new is not.
     *
     * @throws LecternException NOT_FOUND when the caller may not read the collection of the source
     */
    public Optional<Job> findScan(Caller caller, SourceId source) {
        // Not read a second time: an automatic scan that found nothing new is deleted at its end.
        Optional<JobRecord> scan = jobs.findScan(source);
        scan.ifPresent(
                found -> access.require(caller, Permission.READ, found.collection(), () -> notFound(found.id())));
        return scan.map(this::describe);
    }

    private JobRecord find(Caller caller, Permission permission, JobId id) {
        JobRecord found = jobs.find(id).orElseThrow(() -> notFound(id));
        access.require(caller, permission, found.collection(), () -> notFound(id));
        return found;
    }

    /** Work for a collection that was deleted is not started again. */
    private JobRecord findWritable(Caller caller, JobId id) {
        JobRecord found = find(caller, Permission.WRITE, id);
        collections.writableBy(caller, found.collection());
        return found;
    }

    private static LecternException notFound(JobId id) {
        return new LecternException(
                ErrorCode.NOT_FOUND,
                "There is no job " + id + ". Finished jobs are deleted after a while. List the jobs.");
    }

    private Job describe(JobRecord row) {
        TaskRepository.Counts counts = tasks.count(row.id());
        boolean active = !row.status().isFinal();
        QueuePause pause = active && counts.open() > 0 ? pauses.findLongest().orElse(null) : null;
        double rate = active ? Math.max(monitor.passageRate(row.id()), counts.rate()) : 0;
        return new Job(
                row.id(),
                row.collection(),
                row.source(),
                row.caller(),
                row.status(),
                row.reasonCode(),
                row.reason(),
                new Progress(
                        counts.total(),
                        counts.done(),
                        counts.failed(),
                        counts.open(),
                        counts.embedded(),
                        row.scanned() && counts.unread() == 0 ? counts.passages() : null,
                        rate,
                        active && pause == null ? estimateRemaining(row, counts, rate) : null,
                        active && counts.open() > 0 ? findRunning(row.id()) : List.of()),
                pause,
                Instant.ofEpochMilli(row.createdAt()),
                row.finishedAt() == 0 ? null : Instant.ofEpochMilli(row.finishedAt()));
    }

    private List<RunningDocument> findRunning(JobId job) {
        Map<DocumentId, DocumentProgress> found = progress.findRunning(job, MAX_RUNNING);
        Map<DocumentId, String> titles = documents.findTitles(found.keySet());
        return found.entrySet().stream()
                .filter(one -> titles.containsKey(one.getKey()))
                .map(one -> new RunningDocument(one.getKey(), titles.getOrDefault(one.getKey(), ""), one.getValue()))
                .toList();
    }

    /**
     * The time for the passages that are left, when all are known; before that it assumes the same time for each byte as so far. Null while a source is
     * still being listed.
     */
    private @Nullable Duration estimateRemaining(JobRecord row, TaskRepository.Counts counts, double rate) {
        if (!row.scanned()) {
            return null;
        }
        if (counts.open() > 0 && counts.unread() == 0 && rate > 0) {
            return Duration.ofMillis(Math.round((counts.passages() - counts.embedded()) * 1_000L / rate));
        }
        if (counts.bytesDone() == 0) {
            return null;
        }
        double elapsed = clock.millis() - row.createdAt();
        long left = counts.bytes() - counts.bytesDone();
        return Duration.ofMillis(Math.round(elapsed * left / counts.bytesDone()));
    }

    /**
     * Waits until the job is final.
     *
     * @return the job as it is then, or as it is after {@code atMost}
     * @throws LecternException NOT_FOUND
     */
    public Job await(Caller caller, JobId id, Duration atMost) throws InterruptedException {
        awaitUntil(() -> job(caller, id).status().isFinal(), atMost);
        return job(caller, id);
    }

    /** Waits until no job is queued or running; false when there still is one after {@code atMost}. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        return awaitUntil(tasks::isIdle, atMost);
    }

    /**
     * Passes a job to the reader at every change, at most a few times a second, until the reader wants no more or has disconnected.
     *
     * @param reader says whether it wants more
     * @param connected whether the reader is still there; asked while nothing changes
     * @throws LecternException NOT_FOUND, also as soon as the caller may not read its collection any more
     */
    public void follow(Caller caller, JobId id, Predicate<Job> reader, BooleanSupplier connected)
            throws InterruptedException {
        Job last = null;
        while (connected.getAsBoolean()) {
            long seen = monitor.changeCount();
            Job now = job(caller, id);
            if (!now.equals(last) && !reader.test(now)) {
                return;
            }
            last = now;
            monitor.awaitChange(seen, POLL_MILLIS);
            Thread.sleep(FOLLOW_PAUSE_MILLIS);
        }
    }

    private boolean awaitUntil(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = monitor.changeCount();
            if (condition.getAsBoolean()) {
                return true;
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            monitor.awaitChange(seen, Math.min(left, POLL_MILLIS));
        }
    }
}
