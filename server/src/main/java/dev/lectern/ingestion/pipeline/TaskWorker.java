package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.Task;
import dev.lectern.ingestion.jobs.TaskProgressRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.PendingDocument;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.observability.spi.LogContext.Scope;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DiskSpace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Claims tasks and runs each through the document pipeline, several at once, on a thread of its own each. */
@Component
public class TaskWorker {
    private static final Logger log = LoggerFactory.getLogger(TaskWorker.class);
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);
    /** Documents of small uploads that are processed beside {@code documentsAtOnce} others, so that they do not wait until a long one ends. */
    private static final int EXTRA_FOR_UPLOADS = 2;

    private final TaskRepository tasks;
    private final DocumentStatusRepository documents;
    private final DocumentPipeline pipeline;
    private final CommitBatcher batcher;
    private final TaskOutcomes outcomes;
    private final TaskProgressRepository progressRepository;
    private final JobMonitor monitor;
    private final LargeDocumentLimit largeDocuments;
    private final PipelineVersionProvider versions;
    private final QueuePauser pauser;
    private final LoopMonitor loops;
    private final ExecutorService executor;
    private final TransactionTemplate transactions;
    private final DiskSpace disk;
    private final int documentsAtOnce;
    private final Semaphore wakeUps = new Semaphore(0);
    private final AtomicInteger active = new AtomicInteger();
    private volatile boolean stopped;
    private boolean waiting;
    private final Map<Task, Cancellation> running = new ConcurrentHashMap<>();

    TaskWorker(
            TaskRepository tasks,
            DocumentStatusRepository documents,
            DocumentPipeline pipeline,
            CommitBatcher batcher,
            TaskOutcomes outcomes,
            TaskProgressRepository progressRepository,
            JobMonitor monitor,
            LargeDocumentLimit largeDocuments,
            PipelineVersionProvider versions,
            QueuePauser pauser,
            LoopMonitor loops,
            ExecutorService applicationExecutor,
            TransactionTemplate transactions,
            DiskSpace disk,
            IngestionProperties properties) {
        this.tasks = tasks;
        this.documents = documents;
        this.pipeline = pipeline;
        this.batcher = batcher;
        this.outcomes = outcomes;
        this.progressRepository = progressRepository;
        this.monitor = monitor;
        this.largeDocuments = largeDocuments;
        this.versions = versions;
        this.pauser = pauser;
        this.loops = loops;
        this.executor = applicationExecutor;
        this.transactions = transactions;
        this.disk = disk;
        this.documentsAtOnce = properties.documentsAtOnce();
    }

    /** There are new tasks. */
    public void wake() {
        wakeUps.release();
    }

    /** Cancels the running tasks of a job. */
    public void cancel(JobId job) {
        running.forEach((task, cancellation) -> {
            if (task.job().equals(job)) {
                cancellation.cancel();
            }
        });
    }

    /** Works until {@link #stop}. */
    public void run() {
        executor.execute(new BackgroundTask(() -> batcher.run(() -> active.get() > 0, () -> stopped)));
        RestartingLoop.run("The claim of tasks", loops, () -> stopped, this::claimAndStart);
    }

    private void claimAndStart() throws InterruptedException {
        if (waitsForSpace()) {
            awaitWake(MAX_WAIT);
            return;
        }
        if (pauser.findPause().isPresent()) {
            awaitWake(pauser.timeUntilProbe());
            if (!stopped) {
                pauser.probeIfDue();
            }
            return;
        }
        int free = documentsAtOnce - active.get();
        if (free + EXTRA_FOR_UPLOADS <= 0) {
            awaitWake(MAX_WAIT);
            return;
        }
        int freeForLarge = largeDocuments.free();
        List<Task> claimed = claim(Math.max(0, free), free + EXTRA_FOR_UPLOADS, freeForLarge);
        claimed.forEach(this::start);
        if (free <= claimed.size() || (claimed.isEmpty() && freeForLarge == 0)) {
            // Busy, or only large documents wait: the end of a task and a new upload wake this thread.
            awaitWake(MAX_WAIT);
        } else {
            awaitTasks();
        }
    }

    private void awaitTasks() throws InterruptedException {
        awaitWake(tasks.timeUntilNext().orElse(MAX_WAIT));
    }

    private void awaitWake(Duration next) throws InterruptedException {
        long millis = Math.clamp(next.toMillis(), 50, MAX_WAIT.toMillis());
        if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    /** Whether the queue is paused, since a disk has no room for more documents. */
    private boolean waitsForSpace() {
        Optional<DiskSpace.Free> full = disk.findFull();
        if (full.isPresent() != waiting) {
            waiting = full.isPresent();
            full.ifPresentOrElse(
                    free -> log.warn(
                            "Documents are not read until there is room: {} MB are free on {}",
                            free.megabytes(),
                            free.disk()),
                    () -> log.info("There is room on the disks again; documents are read"));
        }
        return waiting;
    }

    private List<Task> claim(int limit, int uploadLimit, int largeLimit) {
        List<Task> all = transactions.execute(status -> {
            List<Task> claimed = tasks.claim(limit, uploadLimit, largeLimit);
            documents.setStatus(claimed.stream().map(Task::document).toList(), DocumentStatus.RUNNING);
            return claimed;
        });
        active.addAndGet(all.size());
        return all;
    }

    /** Records the outcomes that could not be recorded when they happened. */
    public void recordPendingOutcomes() {
        outcomes.recordPending();
    }

    /** Cancels all running tasks; they are queued again at the next start, or earlier by another node. */
    public void stop() {
        stopped = true;
        wake();
        running.values().forEach(Cancellation::cancel);
    }

    private void start(Task task) {
        Cancellation cancellation = new Cancellation();
        running.put(task, cancellation);
        // A small document that was found to be large meanwhile may have taken the place: then this one is put back if
        // it is large indeed.
        boolean large = task.large() && largeDocuments.tryAcquire();
        TaskProgress progress = new TaskProgress(task, progressRepository, monitor, largeDocuments, large);
        executor.execute(() -> run(task, progress, cancellation));
    }

    private void run(Task task, TaskProgress progress, Cancellation cancellation) {
        cancellation.onCancel(Thread.currentThread()::interrupt);
        try (Scope _ = task.logContext().open()) {
            process(task, progress, cancellation);
        } finally {
            progress.close();
            running.remove(task);
            active.decrementAndGet();
            wake();
        }
    }

    private void process(Task task, TaskProgress progress, Cancellation cancellation) {
        String hash = null;
        try {
            PipelineVersion pipelineVersion = versions.current();
            Optional<PendingDocument> pending = documents.findPending(task.document(), pipelineVersion);
            if (pending.isEmpty() || pending.get().upToDate()) {
                outcomes.recordUnchanged(task);
                return;
            }
            hash = pending.get().hash();
            switch (pipeline.prepare(pending.get(), task.modelCalls(), progress, cancellation)) {
                case DocumentPipeline.Outcome.Prepared(var document) ->
                    batcher.enqueue(task, document, pipelineVersion);
                case DocumentPipeline.Outcome.Postponed(int embedded, int passages) ->
                    outcomes.recordPostponed(task, embedded, passages);
                case DocumentPipeline.Outcome.Rejected(String code, String reason) ->
                    outcomes.recordRejection(task, pending.get(), pipelineVersion, code, reason);
            }
        } catch (InterruptedException e) {
            outcomes.recordFailure(
                    task,
                    hash,
                    new LecternException(
                            ErrorCode.SHUTTING_DOWN, "The work on this document was stopped. Retry the job.", e));
        } catch (RuntimeException | Error e) {
            // An interrupt that stopped the work must not keep the outcome from being recorded.
            boolean interrupted = Thread.interrupted();
            log.debug("A task ended early; interrupted: {}", interrupted);
            outcomes.recordFailure(task, hash, RestartingLoop.asException(e));
        }
    }
}
