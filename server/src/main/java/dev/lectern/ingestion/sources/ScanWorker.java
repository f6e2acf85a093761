package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.JobRepository.JobRecord;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.ingestion.pipeline.RestartingLoop;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.LogContext.Scope;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private final PipelineVersionProvider versions;
    private final JobMonitor monitor;
    private final TransactionTemplate transactions;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean stopped;

    ScanWorker(
            JobRepository jobs,
            SourceRepository sources,
            SourceScanner scanner,
            PipelineVersionProvider versions,
            JobMonitor monitor,
            TransactionTemplate transactions) {
        this.jobs = jobs;
        this.sources = sources;
        this.scanner = scanner;
        this.versions = versions;
        this.monitor = monitor;
        this.transactions = transactions;
    }

    /**
     * Queues a scan, unless one of the same source is queued already.
     *
     * @param confirmed whether a mass deletion is wanted
     * @param automatic whether nobody asked for it
     */
    JobId request(Source source, boolean confirmed, boolean automatic) {
        JobId job = jobs.createScan(source.id(), source.collection(), confirmed, automatic);
        wake();
        return job;
    }

    /** A scan was queued. */
    void wake() {
        wakeUps.release();
    }

    void stop() {
        stopped = true;
        wake();
    }

    /** Scans until {@link #stop}. */
    void run() {
        RestartingLoop.run("Scanning sources", () -> stopped, () -> {
            Optional<JobRecord> next = jobs.claimScan();
            if (next.isPresent()) {
                try (Scope _ = LogContext.EMPTY
                        .with(LogContext.Key.JOB, next.get().id().value())
                        .open()) {
                    scan(next.get());
                }
            } else if (wakeUps.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        });
    }

    private void scan(JobRecord job) {
        Optional<Source> source = Optional.ofNullable(job.source()).flatMap(sources::find);
        if (source.isEmpty()) {
            jobs.markFailed(job.id(), "gone", "The source was removed before it was scanned.");
            return;
        }
        SourceScanner.Outcome outcome = scan(job, source.get());
        if (stopped) {
            return;
        }
        transactions.executeWithoutResult(status -> {
            jobs.markScanned(job.id());
            switch (outcome) {
                case SourceScanner.Outcome.Finished(boolean changed) -> {
                    sources.recordScan(source.get().id(), null);
                    jobs.finishCompleted(List.of(job.id()));
                    if (job.automatic() && !changed) {
                        jobs.deleteEmpty(job.id());
                    }
                }
                case SourceScanner.Outcome.Failed(String code, String reason) -> {
                    sources.recordScan(source.get().id(), reason);
                    jobs.markFailed(job.id(), code, reason);
                }
            }
        });
        monitor.signalChange();
    }

    private SourceScanner.Outcome scan(JobRecord job, Source source) {
        try {
            return scanner.scan(
                    source, job.id(), job.confirmed(), versions.current(), () -> stopped || isCancelled(job.id()));
        } catch (LecternException e) {
            log.warn("The scan of {} failed", source.location(), e);
            return new SourceScanner.Outcome.Failed(e.code().name().toLowerCase(Locale.ROOT), e.clientMessage());
        } catch (RuntimeException | Error e) {
            log.error("The scan of {} failed", source.location(), e);
            return new SourceScanner.Outcome.Failed(
                    ErrorCode.INTERNAL.name().toLowerCase(Locale.ROOT),
                    "An internal error stopped the scan. Scan the source again; the server's log has the details.");
        }
    }

    private boolean isCancelled(JobId job) {
        return jobs.find(job).filter(row -> row.status() == JobStatus.CANCELLED).isPresent();
    }
}
