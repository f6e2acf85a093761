package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.JobRepository.JobRecord;
import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.ingestion.pipeline.RestartingLoop;
import dev.lectern.library.LibraryCollections;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out the queued scans: up to {@value #AT_ONCE} at once, each of another source. A scan that waits for a folder that does not answer takes nobody's
 * place, so that no folder holds up the others.
 */
@Component
class ScanWorker {
    private static final Logger log = LoggerFactory.getLogger(ScanWorker.class);
    private static final String NOT_RESPONDING = "not_responding";
    private static final long POLL_MILLIS = 5_000;
    private static final long CANCELLATION_POLL_MILLIS = 500;

    /** Scans that work. */
    static final int AT_ONCE = 4;
    /** Scans that work or wait for a folder that does not answer. */
    static final int AT_MOST = 64;

    private final JobRepository jobs;
    private final SourceRepository sources;
    private final SourceScanner scanner;
    private final LibraryCollections collections;
    private final PipelineVersionProvider versions;
    private final JobMonitor monitor;
    private final TransactionTemplate transactions;
    private final LoopMonitor loops;
    private final SourceConnectorRegistry connectors;
    private final FolderAccess folders;
    private final ExecutorService executor;
    private final ScanReminder reminder;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Set<RunningScan> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    ScanWorker(
            JobRepository jobs,
            SourceRepository sources,
            SourceScanner scanner,
            LibraryCollections collections,
            PipelineVersionProvider versions,
            JobMonitor monitor,
            TransactionTemplate transactions,
            LoopMonitor loops,
            SourceConnectorRegistry connectors,
            FolderAccess folders,
            ExecutorService applicationExecutor,
            ScanReminder reminder) {
        this.jobs = jobs;
        this.sources = sources;
        this.scanner = scanner;
        this.collections = collections;
        this.versions = versions;
        this.monitor = monitor;
        this.transactions = transactions;
        this.loops = loops;
        this.connectors = connectors;
        this.folders = folders;
        this.executor = applicationExecutor;
        this.reminder = reminder;
    }

    /**
     * Queues a scan, unless one of the same source is queued already.
     *
     * @param caller who wants the scan; it is carried out with the permissions of this caller
     * @param confirmed whether a mass deletion is wanted
     * @param automatic whether nobody asked for it
     */
    JobId request(Caller caller, Source source, boolean confirmed, boolean automatic) {
        return request(caller, source, confirmed, false, automatic);
    }

    /** @param compareContents whether the bytes of all items are read, also of those whose size and times are unchanged */
    JobId request(Caller caller, Source source, boolean confirmed, boolean compareContents, boolean automatic) {
        JobId job = jobs.createScan(caller, source.id(), source.collection(), confirmed, compareContents, automatic);
        wake();
        return job;
    }

    /** A scan was queued or cancelled. */
    void wake() {
        wakeUps.release();
    }

    /** The scans that run end as if their process had been killed, so that the next node queues them again. */
    void stop() {
        stopped = true;
        running.forEach(RunningScan::cancel);
        reminder.stop();
        wake();
    }

    /** Scans until {@link #stop}. */
    void run() {
        RestartingLoop.run("The scan of sources", loops, () -> stopped, () -> {
            running.stream().filter(this::isUnwanted).forEach(RunningScan::cancel);
            while (!stopped && hasRoom()) {
                Optional<JobRecord> next = jobs.claimScan();
                if (next.isEmpty()) {
                    break;
                }
                start(next.get());
            }
            awaitSignal();
        });
    }

    /** Its job was cancelled, or its source removed, at whatever node. */
    private boolean isUnwanted(RunningScan scan) {
        JobRecord job = scan.job();
        return isCancelled(job.id())
                || sources.find(Objects.requireNonNull(job.source())).isEmpty();
    }

    private boolean hasRoom() {
        return running.size() < AT_MOST
                && running.stream().filter(scan -> !scan.isStalled()).count() < AT_ONCE;
    }

    private void start(JobRecord job) {
        RunningScan scan = new RunningScan(job, folders);
        // One that was cancelled may not have ended yet.
        List<RunningScan> before = running.stream()
                .filter(other -> Objects.equals(other.job().source(), job.source()))
                .toList();
        before.forEach(RunningScan::cancel);
        running.add(scan);
        if (stopped) {
            scan.cancel();
        }
        try (LogContext.Scope _ =
                LogContext.EMPTY.with(LogContext.Field.JOB, job.id().value()).open()) {
            executor.execute(() -> run(scan, before));
        } catch (RejectedExecutionException stopping) {
            running.remove(scan);
            throw stopping;
        }
    }

    private void run(RunningScan scan, List<RunningScan> before) {
        try {
            for (RunningScan other : before) {
                other.awaitEnd();
            }
            scan.begin();
            SourceId source = Objects.requireNonNull(scan.job().source());
            SourceScanner.Outcome outcome = scanWithSpace(scan, source);
            // A scan that the end of the server cut short is queued again by the next node that looks for orphans.
            if (!stopped && !folders.isStopped()) {
                recordUntilDone(scan.job(), source, outcome);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(scan);
            scan.end();
            wake();
        }
    }

    /** Until its end is recorded, the scan counts as running and keeps other scans of the source waiting. */
    private void recordUntilDone(JobRecord job, SourceId source, SourceScanner.Outcome outcome) {
        AtomicBoolean recorded = new AtomicBoolean(false);
        RestartingLoop.run("The record of the scan of source " + source, loops, () -> stopped || recorded.get(), () -> {
            record(job, source, outcome);
            recorded.set(true);
        });
    }

    private void record(JobRecord job, SourceId source, SourceScanner.Outcome outcome) {
        transactions.executeWithoutResult(status -> {
            if (sources.find(source).isEmpty()) {
                jobs.markFailed(job.id(), "gone", "The source was removed before its scan had ended.");
                return;
            }
            jobs.markScanned(job.id());
            switch (outcome) {
                case SourceScanner.Outcome.Finished(boolean changed, Duration _) -> {
                    // What a cancelled scan has not looked at may be as the scan before left it.
                    if (!isCancelled(job.id())) {
                        sources.recordScan(source);
                    }
                    finish(job, changed);
                }
                case SourceScanner.Outcome.Held(
                        String code,
                        String reason,
                        boolean changed,
                        boolean isNew,
                        Duration _) -> {
                    sources.recordScan(source);
                    sources.recordFailure(source, code, reason);
                    if (isNew || !job.automatic()) {
                        jobs.markFailed(job.id(), code, reason);
                    } else {
                        finish(job, changed);
                    }
                }
                case SourceScanner.Outcome.Failed(String code, String reason) -> {
                    boolean isNew = !isRecorded(source, code, reason);
                    sources.recordFailure(source, code, reason);
                    // A disk that is away is reported once, not at every regular scan.
                    if (isNew || !job.automatic()) {
                        jobs.markFailed(job.id(), code, reason);
                    } else {
                        finish(job, false);
                    }
                }
            }
        });
        monitor.signalChange();
        Duration lookAgain = outcome.lookAgain();
        if (lookAgain != null) {
            reminder.schedule(lookAgain, () -> requestAgain(source));
        }
    }

    private void requestAgain(SourceId source) {
        loops.attemptNow(
                "The request of another scan of source " + source,
                () -> sources.find(source).ifPresent(found -> request(SystemTask.SOURCE_SCAN, found, false, true)));
    }

    private void finish(JobRecord job, boolean changed) {
        jobs.finishCompleted(List.of(job.id()));
        if (job.automatic() && !changed) {
            jobs.deleteEmpty(job.id());
        }
    }

    private boolean isRecorded(SourceId source, String code, String reason) {
        return sources.find(source)
                .filter(found -> code.equals(found.reasonCode()) && reason.equals(found.reason()))
                .isPresent();
    }

    private SourceScanner.Outcome scanWithSpace(RunningScan scan, SourceId source) throws InterruptedException {
        SourceScanner.Outcome outcome = scan(scan, source);
        while (isLackOfSpace(outcome) && !scan.isCancelled()) {
            scan.awaitCancellation(POLL_MILLIS);
            outcome = scan(scan, source);
        }
        return outcome;
    }

    /** Nothing is deleted and no file counts as unreadable for want of space, so the same scan begins again when there is room. */
    private static boolean isLackOfSpace(SourceScanner.Outcome outcome) {
        return outcome instanceof SourceScanner.Outcome.Failed(String code, String _)
                && code.equals(ErrorCode.STORAGE_FULL.name().toLowerCase(Locale.ROOT));
    }

    private void awaitSignal() throws InterruptedException {
        long millis = running.isEmpty() ? POLL_MILLIS : CANCELLATION_POLL_MILLIS;
        if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    private SourceScanner.Outcome scan(RunningScan scan, SourceId id) {
        try {
            Optional<Source> found = sources.find(id);
            return found.isEmpty()
                    ? new SourceScanner.Outcome.Failed("gone", "The source was removed before its scan had ended.")
                    : scan(scan, found.get());
        } catch (CancellationException e) {
            return recordCancellation(scan, id, e);
        } catch (LecternException e) {
            log.warn("The scan of source {} failed", id, e);
            return new SourceScanner.Outcome.Failed(e.code().name().toLowerCase(Locale.ROOT), e.clientMessage());
        } catch (RuntimeException | Error e) {
            return fail(id, e);
        }
    }

    private static SourceScanner.Outcome fail(SourceId source, Throwable failure) {
        log.error("The scan of source {} failed", source, failure);
        return new SourceScanner.Outcome.Failed(
                ErrorCode.INTERNAL.name().toLowerCase(Locale.ROOT),
                "An internal error stopped the scan. Scan the source again; the server's log has the details.");
    }

    private SourceScanner.Outcome recordCancellation(
            RunningScan scan, SourceId source, CancellationException cancellation) {
        if (!scan.isCancelled() && !folders.isStopped()) {
            return fail(source, cancellation);
        }
        log.debug("The scan of source {} was cancelled while its folder did not answer", source, cancellation);
        return new SourceScanner.Outcome.Finished(true, null);
    }

    private SourceScanner.Outcome scan(RunningScan scan, Source source) {
        try {
            return scanOnce(scan, source);
        } catch (FolderNotRespondingException e) {
            log.warn("The scan of source {} ended: {}", source.id(), e.getMessage());
            return new SourceScanner.Outcome.Failed(
                    NOT_RESPONDING,
                    connectors.find(source).describe(source) + " has not answered since "
                            + e.since().truncatedTo(ChronoUnit.SECONDS)
                            + ". Nothing was deleted, and it is scanned again once it answers. Check the disk or the"
                            + " network share that it is on.");
        }
    }

    private SourceScanner.Outcome scanOnce(RunningScan scan, Source source) {
        JobRecord job = scan.job();
        Caller caller = Objects.requireNonNullElse(job.caller(), SystemTask.SOURCE_SCAN);
        return scanner.scan(
                source,
                collections.writableBy(caller, source.collection()),
                job.id(),
                new ScanRequest(job.confirmed(), job.compareContents(), job.automatic()),
                versions.current(),
                scan::isCancelled);
    }

    private boolean isCancelled(JobId job) {
        return jobs.find(job).filter(row -> row.status() == JobStatus.CANCELLED).isPresent();
    }
}
