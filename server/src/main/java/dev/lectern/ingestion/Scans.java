package dev.lectern.ingestion;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out scans, one after the other. */
@Component
class Scans {
    private static final Logger log = LoggerFactory.getLogger(Scans.class);
    private static final long LOOK_AGAIN_MILLIS = 5_000;

    private final Jobs jobs;
    private final FolderScan scan;
    private final RecipeSource recipes;
    private final JobWatch watch;
    private final TransactionTemplate transactions;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopped;

    Scans(Jobs jobs, FolderScan scan, RecipeSource recipes, JobWatch watch, TransactionTemplate transactions) {
        this.jobs = jobs;
        this.scan = scan;
        this.recipes = recipes;
        this.watch = watch;
        this.transactions = transactions;
    }

    /** Asks for a scan, which waits for its turn. */
    JobId request(Source source, boolean confirmed, boolean automatic) {
        JobId job = jobs.createScan(source, confirmed, automatic);
        wake();
        return job;
    }

    void wake() {
        news.release();
    }

    void stop() {
        stopped = true;
        wake();
    }

    /** Scans until it is stopped. */
    void run() {
        Persistent.run("Scanning", () -> stopped, () -> {
            Optional<Jobs.JobRow> next = jobs.claimScan();
            if (next.isPresent()) {
                scan(next.get());
            } else if (news.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        });
    }

    private void scan(Jobs.JobRow job) {
        Optional<Source> source = Optional.ofNullable(job.source()).flatMap(jobs::source);
        if (source.isEmpty()) {
            jobs.failed(job.id(), "gone", "The source was removed before it was scanned.");
            return;
        }
        FolderScan.Outcome outcome = outcome(job, source.get());
        if (stopped) {
            return;
        }
        transactions.executeWithoutResult(status -> {
            jobs.scanned(job.id());
            switch (outcome) {
                case FolderScan.Outcome.Finished(boolean changed) -> {
                    jobs.sourceScanned(source.get().id(), null);
                    jobs.finish(List.of(job.id()));
                    if (job.automatic() && !changed) {
                        jobs.forget(job.id());
                    }
                }
                case FolderScan.Outcome.Failed(String code, String reason) -> {
                    jobs.sourceScanned(source.get().id(), reason);
                    jobs.failed(job.id(), code, reason);
                }
            }
        });
        watch.changed();
    }

    private FolderScan.Outcome outcome(Jobs.JobRow job, Source source) {
        try {
            return scan.scan(source, job.id(), job.confirmed(), recipes.recipe(), () -> stopped || cancelled(job.id()));
        } catch (LecternException e) {
            log.warn("A scan of {} failed", source.folder(), e);
            return new FolderScan.Outcome.Failed(
                    e.code().name().toLowerCase(Locale.ROOT), Objects.toString(e.getMessage()));
        } catch (RuntimeException | Error e) {
            log.error("A scan of {} failed", source.folder(), e);
            return new FolderScan.Outcome.Failed(
                    ErrorCode.INTERNAL.name().toLowerCase(Locale.ROOT),
                    "Something went wrong here while the folder was scanned. Scan it again; the server's log has the details.");
        }
    }

    private boolean cancelled(JobId job) {
        return jobs.find(job).filter(row -> row.status() == JobStatus.CANCELLED).isPresent();
    }
}
