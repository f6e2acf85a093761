package dev.lectern.ingestion;

import dev.lectern.http.Page;
import dev.lectern.ingestion.Job.Progress;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.JobRepository.JobRecord;
import dev.lectern.ingestion.jobs.Task;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts, shows, retries and cancels the jobs of ingestion. Thread-safe; the work of a job goes on after each method returns. */
@Service
public class JobService {
    private static final long POLL_MILLIS = 500;
    private static final long FOLLOW_PAUSE_MILLIS = 150;

    private final UploadService uploads;
    private final SourceService sources;
    private final JobRepository jobs;
    private final TaskRepository tasks;
    private final TaskWorker worker;
    private final JobMonitor monitor;
    private final DocumentStatusRepository documents;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    JobService(
            UploadService uploads,
            SourceService sources,
            JobRepository jobs,
            TaskRepository tasks,
            TaskWorker worker,
            JobMonitor monitor,
            DocumentStatusRepository documents,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.uploads = uploads;
        this.sources = sources;
        this.jobs = jobs;
        this.tasks = tasks;
        this.worker = worker;
        this.monitor = monitor;
        this.documents = documents;
        this.transactions = transactions;
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
     */
    public JobId addTexts(CollectionId collection, List<TextDocument> texts) {
        return uploads.addTexts(collection, texts);
    }

    /** Reads a document again even if neither its bytes nor the pipeline version have changed. */
    public JobId reingest(CollectionId collection, DocumentId document) {
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
     * @throws LecternException NOT_FOUND; CONFLICT before the job is final
     */
    public Job retry(JobId id) {
        JobRecord job = find(id);
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
        return job(id);
    }

    /**
     * Cancels a job. Documents that are not committed yet stay as they were.
     *
     * @throws LecternException NOT_FOUND
     */
    public Job cancel(JobId id) {
        find(id);
        transactions.executeWithoutResult(status -> {
            jobs.markCancelled(id);
            documents.recordCancelled(tasks.cancelQueued(id), Task.CANCELLED, Task.CANCELLED_REASON);
        });
        worker.cancel(id);
        monitor.signalChange();
        return job(id);
    }

    /** @throws LecternException NOT_FOUND */
    public Job job(JobId id) {
        return describe(find(id));
    }

    /**
     * A page of jobs, the newest first.
     *
     * @param collection null for the jobs of all collections
     * @param cursor null for the first page
     * @param limit 1 to 200
     */
    public Page<Job> page(@Nullable CollectionId collection, @Nullable String cursor, int limit) {
        Page<JobRecord> rows = jobs.findPage(collection, cursor, limit);
        return new Page<>(rows.items().stream().map(this::describe).toList(), rows.next());
    }

    private JobRecord find(JobId id) {
        return jobs.find(id)
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND,
                        "There is no job " + id + ". Finished jobs are deleted after a while. List the jobs."));
    }

    private Job describe(JobRecord row) {
        TaskRepository.Counts counts = tasks.count(row.id());
        boolean active = !row.status().isFinal();
        return new Job(
                row.id(),
                row.collection(),
                row.source(),
                row.status(),
                row.reasonCode(),
                row.reason(),
                new Progress(
                        counts.total(),
                        counts.done(),
                        counts.failed(),
                        counts.open(),
                        counts.passages(),
                        active ? monitor.passageRate(row.id()) : 0,
                        active ? estimateRemaining(row, counts) : null),
                Instant.ofEpochMilli(row.createdAt()),
                row.finishedAt() == 0 ? null : Instant.ofEpochMilli(row.finishedAt()));
    }

    /** Assumes the same time for each byte as so far; null while a source is still being listed. */
    private @Nullable Duration estimateRemaining(JobRecord row, TaskRepository.Counts counts) {
        if (!row.scanned() || counts.bytesDone() == 0) {
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
    public Job await(JobId id, Duration atMost) throws InterruptedException {
        awaitUntil(() -> job(id).status().isFinal(), atMost);
        return job(id);
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
     */
    public void follow(JobId id, Predicate<Job> reader, BooleanSupplier connected) throws InterruptedException {
        Job last = null;
        while (connected.getAsBoolean()) {
            long seen = monitor.changeCount();
            Job now = job(id);
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
