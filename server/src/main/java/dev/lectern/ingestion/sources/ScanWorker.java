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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out the queued scans, one after the other. */
@Component
class ScanWorker {
    private static final Logger log = LoggerFactory.getLogger(ScanWorker.class);
    private static final long POLL_MILLIS = 5_000;

    private final JobRepository jobs;
    private final SourceRepository sources;
    private final SourceScanner scanner;
    private final LibraryCollections collections;
    private final PipelineVersionProvider versions;
    private final JobMonitor monitor;
    private final TransactionTemplate transactions;
    private final LoopMonitor loops;
    private final ScanReminder reminder;
    private final Semaphore wakeUps = new Semaphore(0);
    /** The end of a scan that could not be recorded; no other scan begins before it is. */
    private @Nullable Runnable unrecorded;

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
            ScanReminder reminder) {
        this.jobs = jobs;
        this.sources = sources;
        this.scanner = scanner;
        this.collections = collections;
        this.versions = versions;
        this.monitor = monitor;
        this.transactions = transactions;
        this.loops = loops;
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
        JobId job =
                jobs.createScan(caller, source.id(), source.collection(), confirmed, compareContents, automatic);
        wake();
        return job;
    }

    /** A scan was queued. */
    void wake() {
        wakeUps.release();
    }

    void stop() {
        stopped = true;
        reminder.stop();
        wake();
    }

    /** Scans until {@link #stop}. */
    void run() {
        RestartingLoop.run("The scan of sources", loops, () -> stopped, () -> {
            if (unrecorded != null) {
                unrecorded.run();
                unrecorded = null;
            }
            Optional<JobRecord> next = jobs.claimScan();
            if (next.isPresent()) {
                try (LogContext.Scope _ = LogContext.EMPTY
                        .with(LogContext.Field.JOB, next.get().id().value())
                        .open()) {
                    scan(next.get());
                }
            } else {
                awaitSignal();
            }
        });
    }

    private void scan(JobRecord job) throws InterruptedException {
        SourceId source = Objects.requireNonNull(job.source());
        SourceScanner.Outcome outcome = scanWithSpace(job, source);
        if (stopped) {
            return;
        }
        // Until its end is recorded, the scan counts as running and keeps other scans of the source waiting.
        unrecorded = () -> record(job, source, outcome);
        unrecorded.run();
        unrecorded = null;
    }

    private void record(JobRecord job, SourceId source, SourceScanner.Outcome outcome) {
        transactions.executeWithoutResult(status -> {
            jobs.markScanned(job.id());
            switch (outcome) {
                case SourceScanner.Outcome.Finished(boolean changed, _) -> {
                    // What a cancelled scan has not looked at may be as the scan before left it.
                    if (!isCancelled(job.id())) {
                        sources.recordScan(source);
                    }
                    finish(job, changed);
                }
                case SourceScanner.Outcome.Held(String code, String reason, boolean changed, boolean isNew, _) -> {
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
        loops.attemptNow("The request of another scan of source " + source, () -> sources.find(source)
                .ifPresent(found -> request(SystemTask.SOURCE_SCAN, found, false, true)));
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

    private SourceScanner.Outcome scanWithSpace(JobRecord job, SourceId source) throws InterruptedException {
        SourceScanner.Outcome outcome = scan(job, source);
        while (isLackOfSpace(outcome) && !stopped && !isCancelled(job.id())) {
            awaitSignal();
            outcome = scan(job, source);
        }
        return outcome;
    }

    /** Nothing is deleted and no file counts as unreadable for want of space, so the same scan begins again when there is room. */
    private static boolean isLackOfSpace(SourceScanner.Outcome outcome) {
        return outcome instanceof SourceScanner.Outcome.Failed(String code, String _)
                && code.equals(ErrorCode.STORAGE_FULL.name().toLowerCase(Locale.ROOT));
    }

    private void awaitSignal() throws InterruptedException {
        if (wakeUps.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    private SourceScanner.Outcome scan(JobRecord job, SourceId source) {
        try {
            Optional<Source> found = sources.find(source);
            return found.isEmpty()
                    ? new SourceScanner.Outcome.Failed("gone", "The source was removed before it was scanned.")
                    : scan(job, found.get());
        } catch (LecternException e) {
            log.warn("The scan of source {} failed", source, e);
            return new SourceScanner.Outcome.Failed(e.code().name().toLowerCase(Locale.ROOT), e.clientMessage());
        } catch (RuntimeException | Error e) {
            log.error("The scan of source {} failed", source, e);
            return new SourceScanner.Outcome.Failed(
                    ErrorCode.INTERNAL.name().toLowerCase(Locale.ROOT),
                    "An internal error stopped the scan. Scan the source again; the server's log has the details.");
        }
    }

    private SourceScanner.Outcome scan(JobRecord job, Source source) {
        Caller caller = Objects.requireNonNullElse(job.caller(), SystemTask.SOURCE_SCAN);
        return scanner.scan(
                source,
                collections.writableBy(caller, source.collection()),
                job.id(),
                new ScanRequest(job.confirmed(), job.compareContents(), job.automatic()),
                versions.current(),
                () -> stopped || isCancelled(job.id()));
    }

    private boolean isCancelled(JobId job) {
        return jobs.find(job).filter(row -> row.status() == JobStatus.CANCELLED).isPresent();
    }
}
