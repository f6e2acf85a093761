package dev.lectern.ingestion;

import dev.lectern.library.CollectionDeleted;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.library.update.DocumentStatusRepository;
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
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts the work after a check that must stop the start, and keeps house while the program runs. */
@Component
@Lazy(false)
class IngestionLifecycle implements ApplicationRunner, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(IngestionLifecycle.class);
    private static final Duration ROUND = Duration.ofSeconds(4);
    /** Rounds after which also is done what nobody waits for. */
    private static final int SELDOM = 5;

    private final LibraryMaintenance maintenance;
    private final DocumentStatusRepository documents;
    private final EmbedderCheck embedder;
    private final Reembeddings reembeddings;
    private final TaskQueue tasks;
    private final Jobs jobs;
    private final Settling settling;
    private final Workshop workshop;
    private final Scans scans;
    private final FolderWatches watches;
    private final ExecutorService executor;
    private final TransactionTemplate transactions;
    private final IngestionProperties properties;
    private volatile boolean stopped;
    private volatile boolean tidied;

    IngestionLifecycle(
            LibraryMaintenance maintenance,
            DocumentStatusRepository documents,
            EmbedderCheck embedder,
            Reembeddings reembeddings,
            TaskQueue tasks,
            Jobs jobs,
            Settling settling,
            Workshop workshop,
            Scans scans,
            FolderWatches watches,
            ExecutorService applicationExecutor,
            TransactionTemplate transactions,
            IngestionProperties properties) {
        this.maintenance = maintenance;
        this.documents = documents;
        this.embedder = embedder;
        this.reembeddings = reembeddings;
        this.tasks = tasks;
        this.jobs = jobs;
        this.settling = settling;
        this.workshop = workshop;
        this.scans = scans;
        this.watches = watches;
        this.executor = applicationExecutor;
        this.transactions = transactions;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        embedder.check();
        if (!properties.enabled()) {
            executor.execute(this::keepHouse);
            return;
        }
        // A source that is added from now on gets a scan of its own, whose job shows the work.
        List<Source> known = jobs.sources(null);
        executor.execute(() -> begin(known));
    }

    private void begin(List<Source> known) {
        try {
            maintenance.recover();
        } catch (RuntimeException e) {
            log.error("What the last run left could not be finished; it is tried again", e);
        }
        putBack();
        executor.execute(workshop::run);
        executor.execute(scans::run);
        executor.execute(this::keepHouse);
        if (stopped) {
            return;
        }
        known.stream().flatMap(source -> jobs.source(source.id()).stream()).forEach(source -> {
            if (watch(source)) {
                scans.request(source, false, true);
            }
        });
    }

    /** Without it nothing of the last run would go on, so a database that is busy at the start is waited for. */
    private void putBack() {
        AtomicBoolean done = new AtomicBoolean();
        Persistent.run("Taking up what the last run left", () -> stopped || done.get(), () -> {
            takeOver();
            tasks.hurry();
            done.set(true);
        });
    }

    private void takeOver() {
        transactions.executeWithoutResult(status -> documents.setStatus(tasks.takeOver(), DocumentStatus.QUEUED));
        jobs.takeOver();
    }

    private boolean watch(Source source) {
        try {
            return watches.watch(source);
        } catch (RuntimeException e) {
            log.warn("The folder {} cannot be watched", source.folder(), e);
            return false;
        }
    }

    private void keepHouse() {
        for (int round = 1; !stopped; round++) {
            long end = System.nanoTime() + ROUND.toNanos();
            while (!stopped && System.nanoTime() < end) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(200));
            }
            if (!stopped) {
                houseWork(round % SELDOM == 0);
            }
        }
    }

    private void houseWork(boolean everything) {
        try {
            reembeddings.takeUp();
            if (!properties.enabled()) {
                return;
            }
            settling.catchUp();
            takeOver();
            tasks.cancelled().forEach(workshop::cancel);
            watches.keep().forEach(source -> scans.request(source, false, true));
            if (everything) {
                tidyUp();
            }
        } catch (RuntimeException e) {
            log.warn("Housekeeping failed and is tried again", e);
        }
    }

    private void tidyUp() {
        jobs.prune(properties.keepJobs());
        boolean idle = tasks.idle();
        if (idle && !tidied) {
            maintenance.cleanUp();
        }
        tidied = idle;
    }

    /** In the transaction that deletes it. */
    @EventListener
    void collectionDeleted(CollectionDeleted event) {
        jobs.sources(event.collection()).forEach(source -> {
            watches.forget(source.id());
            jobs.removeSource(source.id());
        });
    }

    @Override
    public void destroy() {
        stopped = true;
        watches.stop();
        scans.stop();
        workshop.stop();
    }
}
