package dev.lectern.ingestion;

import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.RestartingLoop;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.ingestion.sources.SourceScheduler;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.ShutdownSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
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
    private static final Duration ROUND = Duration.ofSeconds(4);
    /** Every so many rounds the maintenance that is not urgent runs as well. */
    private static final int ROUNDS_BETWEEN_CLEANUPS = 5;

    private final LibraryMaintenance maintenance;
    private final DocumentStatusRepository documents;
    private final EmbedderCompatibilityCheck embedderCheck;
    private final ReembeddingService reembeddings;
    private final TaskRepository tasks;
    private final JobRepository jobs;
    private final TaskWorker worker;
    private final SourceService sources;
    private final SourceScheduler scheduler;
    private final ExecutorService executor;
    private final TransactionTemplate transactions;
    private final IngestionProperties properties;
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
            SourceService sources,
            SourceScheduler scheduler,
            ExecutorService applicationExecutor,
            TransactionTemplate transactions,
            IngestionProperties properties) {
        this.maintenance = maintenance;
        this.documents = documents;
        this.embedderCheck = embedderCheck;
        this.reembeddings = reembeddings;
        this.tasks = tasks;
        this.jobs = jobs;
        this.worker = worker;
        this.sources = sources;
        this.scheduler = scheduler;
        this.executor = applicationExecutor;
        this.transactions = transactions;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        embedderCheck.check();
        if (!properties.enabled()) {
            executor.execute(new BackgroundTask(this::runMaintenance));
            return;
        }
        // A source that is added from now on gets a scan of its own, whose job shows the work.
        List<Source> known = sources.list(null);
        executor.execute(new BackgroundTask(() -> start(known)));
    }

    private void start(List<Source> known) {
        try {
            maintenance.recover();
        } catch (RuntimeException e) {
            if (ShutdownSignal.isCauseOf(e)) {
                return;
            }
            log.error("The recovery of the library failed; the maintenance retries it", e);
        }
        requeueInterrupted();
        executor.execute(new BackgroundTask(worker::run));
        scheduler.start();
        executor.execute(new BackgroundTask(this::runMaintenance));
        if (!stopped) {
            scheduler.watchAndScan(known);
        }
    }

    /** Nothing of the last run would go on without this, so it is repeated while the database does not respond. */
    private void requeueInterrupted() {
        AtomicBoolean done = new AtomicBoolean();
        RestartingLoop.run("Requeuing interrupted work", () -> stopped || done.get(), () -> {
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
        for (int round = 1; !stopped; round++) {
            long end = System.nanoTime() + ROUND.toNanos();
            while (!stopped && System.nanoTime() < end) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(200));
            }
            if (!stopped) {
                runRound(round % ROUNDS_BETWEEN_CLEANUPS == 0);
            }
        }
    }

    private void runRound(boolean cleanup) {
        try {
            reembeddings.resumeOpen();
            if (!properties.enabled()) {
                return;
            }
            worker.recordPendingOutcomes();
            requeueOrphaned();
            tasks.findCancelledJobs().forEach(worker::cancel);
            scheduler.adoptUnwatched();
            if (cleanup) {
                maintenance.repairIncompleteIndexes();
                cleanUp();
            }
        } catch (RuntimeException e) {
            log.warn("The maintenance of ingestion failed; it is repeated in a few seconds", e);
        }
    }

    private void cleanUp() {
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
