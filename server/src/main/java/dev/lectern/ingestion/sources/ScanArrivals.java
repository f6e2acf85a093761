package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.LocationMover;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.RecordedLocation;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What one scan found and has not registered yet: registers it in batches and adds the tasks. Not thread-safe.
 */
final class ScanArrivals implements AutoCloseable {
    private static final int BATCH = 64;
    private static final long BATCH_NANOS = 500_000_000L;

    private final Writers writers;
    private final SourceId source;
    private final WritableCollection collection;
    private final JobId job;
    private final PipelineVersion version;
    private final ItemReader reader;
    private final Set<DocumentId> open;
    private final List<IncomingDocument> arrivals = new ArrayList<>();
    /** Bytes that a known file has now and another document has already: files that exchange their bytes must not lose a document in between. */
    private final List<IncomingDocument> exchanged = new ArrayList<>();

    private final Map<String, DocumentId> replaced = new HashMap<>();
    private final List<RecordedLocation> unchanged = new ArrayList<>();
    private final Set<String> found = new HashSet<>();
    private final List<DocumentId> unsettled = new ArrayList<>();
    private long batchSince = System.nanoTime();
    private boolean changed;
    private boolean incomplete;

    /** Where arrivals are written. */
    @Component
    record Writers(
            DocumentRegistrar registrar,
            LocationRepository locations,
            LocationMover mover,
            DocumentStatusRepository documents,
            TaskRepository tasks,
            TaskWorker worker,
            SourceRepository sources) {}

    /**
     * @param automatic whether nobody asked for the scan, so that nobody waits for its job: then it leaves the work on a document to the job that has it
     *     already. Otherwise the job ends only once all files that it found are read, also those that another scan took in; a document is read once all the same
     */
    ScanArrivals(
            Writers writers,
            SourceId source,
            WritableCollection collection,
            JobId job,
            PipelineVersion version,
            ItemReader reader,
            boolean automatic) {
        this.writers = writers;
        this.source = source;
        this.collection = collection;
        this.job = job;
        this.version = version;
        this.reader = reader;
        this.open = automatic ? writers.tasks().findOpenDocuments() : new HashSet<>();
    }

    /**
     * New bytes at a path, stored and reserved.
     *
     * @param former the document of the path so far; null when there is none
     */
    void add(IncomingDocument arrival, @Nullable DocumentId former) {
        arrivals.add(arrival);
        if (former != null) {
            replaced.put(arrival.path(), former);
        }
        flushFull();
    }

    /** The bytes are the same, the attributes are new. */
    void addUnchanged(RecordedLocation location) {
        unchanged.add(location);
        flushFull();
    }

    /** The file was found: its document is read if that was not done with the present pipeline version, and is missing no more. */
    void addPresent(RecordedLocation location) {
        DocumentId document = location.document();
        if (!location.upToDate() && document != null && open.add(document)) {
            unsettled.add(document);
        }
        if (location.missingSince() != 0) {
            found.add(location.path());
        }
        flushFull();
    }

    private void flushFull() {
        if (arrivals.size() + unchanged.size() + unsettled.size() + found.size() >= BATCH
                || System.nanoTime() - batchSince > BATCH_NANOS) {
            flush();
        }
    }

    void flush() {
        if (!unchanged.isEmpty()) {
            writers.locations().updateAttributes(source, unchanged);
            unchanged.clear();
        }
        if (!found.isEmpty()) {
            changed = true;
            writers.mover().clearMissing(collection, source, Set.copyOf(found));
            found.clear();
        }
        holdBackExchanged();
        register(arrivals);
        batchSince = System.nanoTime();
    }

    private void holdBackExchanged() {
        Set<String> hashes = new HashSet<>();
        for (IncomingDocument one : arrivals) {
            if (replaced.containsKey(one.path())) {
                hashes.add(one.hash());
            }
        }
        Map<String, DocumentId> owners = writers.locations().findByHashes(collection.id(), hashes);
        for (Iterator<IncomingDocument> each = arrivals.iterator(); each.hasNext(); ) {
            IncomingDocument one = each.next();
            DocumentId former = replaced.get(one.path());
            DocumentId owner = owners.get(one.hash());
            if (former != null && owner != null && !owner.equals(former)) {
                exchanged.add(one);
                each.remove();
            }
        }
    }

    /**
     * Registers what is left.
     *
     * @param mayDelete whether also what was held back is registered, which may delete documents; otherwise it is dropped and {@link #isIncomplete}
     */
    void finish(boolean mayDelete) {
        flush();
        incomplete = !mayDelete && !exchanged.isEmpty();
        if (mayDelete) {
            register(exchanged);
        } else {
            discard(exchanged);
        }
    }

    /** Whether something was dropped that another look has to find again. */
    boolean isIncomplete() {
        return incomplete;
    }

    private void discard(List<IncomingDocument> unregistered) {
        unregistered.forEach(one -> reader.discard(one.hash()));
        unregistered.clear();
    }

    private void register(List<IncomingDocument> incoming) {
        if (incoming.isEmpty() && unsettled.isEmpty()) {
            return;
        }
        changed = true;
        List<IncomingDocument> all = List.copyOf(incoming);
        // The registration ends the reservations, even if it fails.
        incoming.clear();
        writers.registrar().register(collection, all, version, this::addTasks);
        unsettled.clear();
        all.forEach(one -> replaced.remove(one.path()));
        writers.worker().wake();
    }

    private void addTasks(List<RegistrationResult> registered) {
        writers.sources().requireExisting(source);
        Set<DocumentId> work = new HashSet<>(unsettled);
        for (RegistrationResult one : registered) {
            DocumentId document = one.document();
            if (one.needsProcessing() && document != null) {
                work.add(document);
            }
        }
        writers.tasks().add(job, writers.documents().findSizes(work), TaskRepository.Priority.SOURCE);
    }

    /** Whether anything was written that readers may notice. */
    boolean hasChanged() {
        return changed;
    }

    /** Ends the reservations of what was not registered. */
    @Override
    public void close() {
        discard(arrivals);
        discard(exchanged);
    }
}
