package dev.lectern.ingestion;

import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.ingestion.pipeline.OutdatedDocumentQueue;
import dev.lectern.ingestion.pipeline.QueuePauser;
import dev.lectern.ingestion.pipeline.RestartingLoop;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.ingestion.sources.SourceScheduler;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.Caller.SystemTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts ingestion after a check of the embedder that can refuse the start, and runs its maintenance every few seconds. */
@Component
@Lazy(false)
class IngestionLifecycle implements ApplicationRunner, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(IngestionLifecycle.class);
    private static final String RECOVERY = "The recovery of the library";
    private static final Duration STOP_POLL = Duration.ofMillis(200);
    /** The maintenance that is not urgent runs with the first round after this time. */
    private static final Duration CLEANUP_INTERVAL = Duration.ofSeconds(20);

    private final LibraryMaintenance maintenance;
    private final DocumentStatusRepository documents;
    private final EmbedderCompatibilityCheck embedderCheck;
    private final ReembeddingService reembeddings;
    private final TaskRepository tasks;
    private final JobRepository jobs;
    private final TaskWorker worker;
    private final OutdatedDocumentQueue outdated;
    private final QueuePauser pauser;
    private final LoopMonitor loops;
    private final SourceService sources;
    private final SourceScheduler scheduler;
    private final ExecutorService executor;
    private final TransactionTemplate transactions;
    private final IngestionProperties properties;
    private final MaintenanceInterval interval;
    private volatile boolean stopped;
    private boolean cleanedWhileIdle;

    IngestionLifecycle(
            LibraryMaintenance maintenance,
            DocumentStatusRepository documents,
            EmbedderCompatibilityCheck embedderCheck,
            ReembeddingService reembeddings,
            TaskRepository tasks,
            JobRepository jobs,
            TaskWorker worker,
            OutdatedDocumentQueue outdated,
            QueuePauser pauser,
            LoopMonitor loops,
            SourceService sources,
            SourceScheduler scheduler,
            ExecutorService applicationExecutor,
            TransactionTemplate transactions,
            IngestionProperties properties,
            MaintenanceInterval interval) {
        this.maintenance = maintenance;
        this.documents = documents;
        this.embedderCheck = embedderCheck;
        this.reembeddings = reembeddings;
        this.tasks = tasks;
        this.jobs = jobs;
        this.worker = worker;
        this.outdated = outdated;
        this.pauser = pauser;
        this.loops = loops;
        this.sources = sources;
        this.scheduler = scheduler;
        this.executor = applicationExecutor;
        this.transactions = transactions;
        this.properties = properties;
        this.interval = interval;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        embedderCheck.check();
        if (!properties.enabled()) {
            executor.execute(new BackgroundTask(this::runMaintenance));
            return;
        }
        // A source that is added from now on gets a scan of its own, whose job shows the work.
        List<Source> known = sources.list(SystemTask.SOURCE_SCAN);
        executor.execute(new BackgroundTask(() -> start(known)));
    }

    private void start(List<Source> known) {
        try {
            startLoops(known);
        } catch (RejectedExecutionException stopping) {
            log.debug("The server stopped before its background work had begun", stopping);
        }
    }

    private void startLoops(List<Source> known) {
        loops.attemptNow(RECOVERY, maintenance::recover);
        requeueInterrupted();
        loops.attemptNow("The search for documents of an earlier version", outdated::queueAll);
        executor.execute(new BackgroundTask(worker::run));
        scheduler.start();
        executor.execute(new BackgroundTask(this::runMaintenance));
        if (!stopped) {
            loops.attemptNow("The first scan of sources", () -> scheduler.watchAndScan(known));
        }
    }

    /** Nothing of the last run would go on without this, so it is repeated while the database does not respond. */
    private void requeueInterrupted() {
        AtomicBoolean done = new AtomicBoolean();
        RestartingLoop.run("The takeover of interrupted work", loops, () -> stopped || done.get(), () -> {
            requeueOrphaned();
            tasks.clearBackOff();
            done.set(true);
        });
    }

    private void requeueOrphaned() {
        transactions.executeWithoutResult(
                status -> documents.setStatus(tasks.requeueOrphaned(), DocumentStatus.QUEUED));
        jobs.requeueOrphaned();
    }

    private void runMaintenance() {
        long cleanedAt = System.nanoTime();
        while (!stopped) {
            long end = System.nanoTime() + interval.pause().toNanos();
            while (!stopped && System.nanoTime() < end) {
                LockSupport.parkNanos(this, Math.min(end - System.nanoTime(), STOP_POLL.toNanos()));
            }
            boolean cleanup = System.nanoTime() - cleanedAt >= CLEANUP_INTERVAL.toNanos();
            if (cleanup) {
                cleanedAt = System.nanoTime();
            }
            if (!stopped) {
                runRound(cleanup);
            }
        }
    }

    /** One step that fails must not keep the others from being carried out. */
    private void runRound(boolean cleanup) {
        loops.attemptNow("The resumption of re-embeddings", reembeddings::resumeOpen);
        if (!properties.enabled()) {
            return;
        }
        loops.attemptNow("The record of outcomes", worker::recordPendingOutcomes);
        loops.attemptNow("The takeover of orphaned work", this::requeueOrphaned);
        loops.attemptNow("The record of pauses", pauser::synchronize);
        loops.attemptNow(
                "The passing on of cancellations",
                () -> tasks.findCancelledJobs().forEach(worker::cancel));
        loops.attemptNow("The takeover of sources", scheduler::adoptUnwatched);
        loops.attemptNow("The check whether sources respond", scheduler::checkResponses);
        if (cleanup) {
            loops.attemptNow("The repair of incomplete indexes", maintenance::repairIncompleteIndexes);
            loops.attemptNow("The cleanup of ingestion", this::cleanUp);
        }
    }

    private void cleanUp() {
        if (loops.isFailing(RECOVERY)) {
            loops.attemptNow(RECOVERY, maintenance::recover);
        }
        jobs.pruneFinished(properties.keepJobs());
        boolean idle = tasks.isIdle();
        if (idle && !cleanedWhileIdle) {
            maintenance.cleanUp();
        }
        cleanedWhileIdle = idle;
    }

    @Override
    public void destroy() {
        stopped = true;
        scheduler.stop();
        worker.stop();
    }
}
