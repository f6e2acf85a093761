package dev.lectern.ingestion;

import dev.lectern.http.Page;
import dev.lectern.ingestion.Job.Progress;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The jobs of ingestion: asked for, looked at, tried again and cancelled. */
@Service
public class IngestionService implements Ingestion {
    private static final int REGISTERED_TOGETHER = 500;
    private static final long LOOK_MILLIS = 500;
    private static final long FOLLOW_PAUSE_MILLIS = 150;

    private final DocumentRegistrar registrar;
    private final LocationRepository locations;
    private final DocumentStatusRepository documents;
    private final LibraryCollections collections;
    private final OriginalStore originals;
    private final Jobs jobs;
    private final TaskQueue tasks;
    private final Intake intake;
    private final Scans scans;
    private final FolderWatches watches;
    private final Workshop workshop;
    private final JobWatch watch;
    private final RecipeSource recipes;
    private final TransactionTemplate transactions;
    private final IngestionProperties properties;
    private final InstantSource clock;

    IngestionService(
            DocumentRegistrar registrar,
            LocationRepository locations,
            DocumentStatusRepository documents,
            LibraryCollections collections,
            OriginalStore originals,
            Jobs jobs,
            TaskQueue tasks,
            Intake intake,
            Scans scans,
            FolderWatches watches,
            Workshop workshop,
            JobWatch watch,
            RecipeSource recipes,
            TransactionTemplate transactions,
            IngestionProperties properties,
            InstantSource clock) {
        this.registrar = registrar;
        this.locations = locations;
        this.documents = documents;
        this.collections = collections;
        this.originals = originals;
        this.jobs = jobs;
        this.tasks = tasks;
        this.intake = intake;
        this.scans = scans;
        this.watches = watches;
        this.workshop = workshop;
        this.watch = watch;
        this.recipes = recipes;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public JobId addFolder(Path folder, CollectionId collection) {
        return scan(addSource(folder, collection).id(), false);
    }

    /** Makes a folder a source; one that already is stays the same. */
    public Source addSource(Path folder, CollectionId collection) {
        collections.get(collection);
        Path real;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            throw LecternException.invalid("path", "There is no folder " + folder + ". Give the path of one.");
        }
        if (!Files.isDirectory(real) || !Files.isReadable(real)) {
            throw LecternException.invalid("path", folder + " is no folder that this server can read.");
        }
        SourceId id = jobs.addSource(collection, real.toString());
        Source source = jobs.source(id).orElseThrow();
        watches.watch(source);
        return source;
    }

    /** Scans a source; {@code confirmed} lets everything vanish that is not there any more. */
    public JobId scan(SourceId source, boolean confirmed) {
        return scans.request(jobs.source(source).orElseThrow(IngestionService::noSource), confirmed, false);
    }

    /** The source and all documents that have no other location go. */
    public void removeSource(SourceId source) {
        Source known = jobs.source(source).orElseThrow(IngestionService::noSource);
        watches.forget(known.id());
        jobs.removeSource(known.id());
        registrar.removeLocations(
                source, locations.findAll(source, recipes.recipe()).keySet());
    }

    @Override
    public JobId addFile(Path file, CollectionId collection) {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = Files.newInputStream(file)) {
            OriginalStore.Stored stored =
                    originals.store(in, properties.maxFile().toBytes());
            return intake.files(collection, List.of(new Intake.HandedIn(name, stored)))
                    .job();
        } catch (IOException e) {
            throw LecternException.invalid("path", file + " cannot be read. Check its name and permissions.");
        }
    }

    @Override
    public JobId addTexts(CollectionId collection, List<TextDocument> texts) {
        SourceId source = FolderScan.texts(collection);
        JobId job = null;
        for (int from = 0; from < texts.size(); from += REGISTERED_TOGETHER) {
            List<IncomingDocument> arrivals = new ArrayList<>();
            for (TextDocument text : texts.subList(from, Math.min(texts.size(), from + REGISTERED_TOGETHER))) {
                arrivals.add(arrival(source, text));
            }
            job = job == null ? intake.take(collection, arrivals, true).job() : intake.more(collection, arrivals, job);
        }
        if (job == null) {
            throw LecternException.invalid("texts", "There is no text to add.");
        }
        intake.complete(job);
        return job;
    }

    private IncomingDocument arrival(SourceId source, TextDocument text) {
        String title = text.title().replace('\n', ' ').replace('\0', ' ').strip();
        byte[] bytes = (title + "\n\n" + text.text()).getBytes(StandardCharsets.UTF_8);
        try {
            OriginalStore.Stored stored = originals.store(
                    new ByteArrayInputStream(bytes), properties.maxFile().toBytes());
            return new IncomingDocument(
                    source,
                    text.path(),
                    "text:" + text.path(),
                    title.isEmpty() ? text.path() : title,
                    stored.hash(),
                    stored.bytes(),
                    0,
                    true,
                    true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a document again, whatever the ledger says. */
    public JobId reingest(CollectionId collection, DocumentId document) {
        JobId job = transactions.execute(status -> {
            documents.requestReread(document);
            JobId created = jobs.create(collection, true);
            tasks.add(created, List.of(document), TaskQueue.Priority.UPLOAD);
            return created;
        });
        workshop.wake();
        return job;
    }

    /** Tries again what failed or was cancelled. */
    public Job retry(JobId id) {
        Jobs.JobRow job = jobs.find(id).orElseThrow(IngestionService::noJob);
        if (!job.status().isFinal()) {
            throw new LecternException(ErrorCode.CONFLICT, "The job is still at work. Wait for it or cancel it first.");
        }
        transactions.executeWithoutResult(status -> {
            List<DocumentId> retried = tasks.retry(id);
            retried.forEach(documents::requestReread);
            boolean rescan = job.source() != null && (job.reasonCode() != null || job.status() == JobStatus.CANCELLED);
            jobs.again(id, rescan);
            jobs.finish(List.of(id));
        });
        workshop.wake();
        scans.wake();
        return job(id);
    }

    /** Stops a job: what it has not shown yet is not read. */
    public Job cancel(JobId id) {
        if (jobs.find(id).isEmpty()) {
            throw noJob();
        }
        transactions.executeWithoutResult(status -> {
            jobs.cancelled(id);
            documents.recordCancelled(tasks.cancel(id), Settling.CANCELLED, Settling.CANCELLED_REASON);
        });
        workshop.cancel(id);
        watch.changed();
        return job(id);
    }

    @Override
    public Job job(JobId id) {
        return job(jobs.find(id).orElseThrow(IngestionService::noJob));
    }

    /** Newest first; {@code limit} 1 to 200. */
    public Page<Job> page(@Nullable CollectionId collection, @Nullable String cursor, int limit) {
        Page<Jobs.JobRow> rows = jobs.page(collection, cursor, limit);
        return new Page<>(rows.items().stream().map(this::job).toList(), rows.next());
    }

    private Job job(Jobs.JobRow row) {
        TaskQueue.Counts counts = tasks.counts(row.id());
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
                        active ? watch.rate(row.id()) : 0,
                        active ? remaining(row, counts) : null),
                Instant.ofEpochMilli(row.createdAt()),
                row.finishedAt() == 0 ? null : Instant.ofEpochMilli(row.finishedAt()));
    }

    /** What is left takes as long for a byte as what is done; nothing is said while a folder is still being looked at. */
    private @Nullable Duration remaining(Jobs.JobRow row, TaskQueue.Counts counts) {
        if (!row.scanned() || counts.bytesDone() == 0) {
            return null;
        }
        double elapsed = clock.millis() - row.createdAt();
        long left = counts.bytes() - counts.bytesDone();
        return Duration.ofMillis(Math.round(elapsed * left / counts.bytesDone()));
    }

    @Override
    public Job await(JobId id, Duration atMost) throws InterruptedException {
        awaitUntil(ignored -> job(id).status().isFinal(), atMost);
        return job(id);
    }

    @Override
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        return awaitUntil(ignored -> tasks.idle(), atMost);
    }

    /**
     * Shows a job at every change, at most a few times a second, until {@code reader} has had enough or is gone.
     *
     * @param reader says whether it wants more
     * @param there whether the reader is still there, asked while nothing changes
     */
    public void follow(JobId id, Predicate<Job> reader, BooleanSupplier there) throws InterruptedException {
        Job shown = null;
        while (there.getAsBoolean()) {
            long seen = watch.changes();
            Job now = job(id);
            if (!now.equals(shown) && !reader.test(now)) {
                return;
            }
            shown = now;
            watch.awaitChange(seen, LOOK_MILLIS);
            Thread.sleep(FOLLOW_PAUSE_MILLIS);
        }
    }

    /** The folders of a collection. */
    public List<Source> sources(CollectionId collection) {
        return jobs.sources(collection);
    }

    private boolean awaitUntil(Predicate<JobWatch> condition, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = watch.changes();
            if (condition.test(watch)) {
                return true;
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            watch.awaitChange(seen, Math.min(left, LOOK_MILLIS));
        }
    }

    static LecternException noJob() {
        return new LecternException(
                ErrorCode.NOT_FOUND, "There is no such job. Finished jobs are forgotten after a while.");
    }

    static LecternException noSource() {
        return new LecternException(ErrorCode.NOT_FOUND, "There is no such source. List those of the collection.");
    }
}
