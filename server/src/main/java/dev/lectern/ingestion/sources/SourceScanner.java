package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.ingestion.sources.SourceConnector.Listing;
import dev.lectern.library.Document;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.RecordedLocation;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import dev.lectern.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Compares a source with the library: registers new and changed items, then removes the documents of items that are gone. Deletes nothing without a
 * confirmation when the source is unavailable, suddenly empty, or has lost more than half of its items.
 */
@Component
class SourceScanner {
    private static final int BATCH = 64;
    private static final long BATCH_NANOS = 500_000_000L;
    /** An item that was changed this short a time ago may change again within the same timestamp. */
    private static final long FRESH_MILLIS = 2_000;

    /** Up to this many known items, any number of them may be deleted without a confirmation. */
    private static final int FEW_ITEMS = 20;

    private static final String NEEDS_CONFIRMATION = SourceState.NEEDS_CONFIRMATION_CODE;
    private static final String UNREADABLE =
            "The file cannot be read. Check its permissions and scan its source again.";

    private final SourceConnectorRegistry connectors;
    private final DocumentRegistrar registrar;
    private final LocationRepository locations;
    private final DocumentStatusRepository documents;
    private final OriginalStore originals;
    private final TaskRepository tasks;
    private final TaskWorker worker;
    private final SourceRepository sources;
    private final SourceFindingRepository findings;
    private final IngestionProperties properties;
    private final Environment environment;
    private final InstantSource clock;

    SourceScanner(
            SourceConnectorRegistry connectors,
            DocumentRegistrar registrar,
            LocationRepository locations,
            DocumentStatusRepository documents,
            OriginalStore originals,
            TaskRepository tasks,
            TaskWorker worker,
            SourceRepository sources,
            SourceFindingRepository findings,
            IngestionProperties properties,
            Environment environment,
            InstantSource clock) {
        this.connectors = connectors;
        this.registrar = registrar;
        this.locations = locations;
        this.documents = documents;
        this.originals = originals;
        this.tasks = tasks;
        this.worker = worker;
        this.sources = sources;
        this.findings = findings;
        this.properties = properties;
        this.environment = environment;
        this.clock = clock;
    }

    /** The result of a scan. */
    sealed interface Outcome {
        /** @param changed whether the source differs from the last scan */
        record Finished(boolean changed) implements Outcome {}

        /** @param reason a sentence that says what to do */
        record Failed(String code, String reason) implements Outcome {}
    }

    /**
     * Scans a source.
     *
     * @param collection of the source
     * @param confirmed whether all documents of the source may be deleted
     * @param compareContents whether the bytes of all items are read, also of those whose size and times are unchanged
     * @param cancelled asked between items
     */
    Outcome scan(
            Source source,
            WritableCollection collection,
            JobId job,
            boolean confirmed,
            boolean compareContents,
            PipelineVersion pipelineVersion,
            BooleanSupplier cancelled) {
        SourceConnector connector = connectors.find(source);
        String secret = connector.secretName(source);
        if (secret != null && environment.getProperty(secret, "").isBlank()) {
            return new Outcome.Failed(
                    "secret_missing",
                    connector.describe(source) + " needs credentials, but " + secret
                            + " is not set. Set it and restart the server.");
        }
        return new Scan(connector, source, collection, job, pipelineVersion, confirmed, compareContents).run(cancelled);
    }

    /** One scan of one source. */
    private final class Scan {
        private final SourceConnector connector;
        private final Source source;
        private final WritableCollection collection;
        private final JobId job;
        private final PipelineVersion pipelineVersion;
        private final boolean confirmed;
        private final boolean compareContents;
        private final Map<String, RecordedLocation> known;
        private final Set<DocumentId> open;
        private final Set<String> seen = new HashSet<>();
        private final Set<String> hashes = new HashSet<>();
        private final Set<String> unreadable = new HashSet<>();
        private final List<SourceFinding> found = new ArrayList<>();
        private final List<IncomingDocument> arrivals = new ArrayList<>();
        private final List<RecordedLocation> retimed = new ArrayList<>();
        private final List<DocumentId> unsettled = new ArrayList<>();
        private long batchSince = System.nanoTime();
        private boolean changed;

        Scan(
                SourceConnector connector,
                Source source,
                WritableCollection collection,
                JobId job,
                PipelineVersion pipelineVersion,
                boolean confirmed,
                boolean compareContents) {
            this.connector = connector;
            this.source = source;
            this.collection = collection;
            this.job = job;
            this.pipelineVersion = pipelineVersion;
            this.confirmed = confirmed;
            this.compareContents = compareContents;
            this.known = locations.findAll(source.id(), pipelineVersion);
            this.open = tasks.findOpenDocuments();
        }

        Outcome run(BooleanSupplier cancelled) {
            String cursor = null;
            do {
                switch (connector.list(source, cursor)) {
                    case Listing.Unavailable(String advice, boolean missing) -> {
                        if (!confirmed || !missing) {
                            return unavailable(advice);
                        }
                        cursor = null;
                    }
                    case Listing.Refused refused -> {
                        return refuse(refused);
                    }
                    case Listing.Page page -> {
                        removeLeftOut(page);
                        if (isSuddenlyEmpty(page)) {
                            return suddenlyEmpty();
                        }
                        register(page, cancelled);
                        cursor = page.next();
                    }
                }
                if (cancelled.getAsBoolean()) {
                    return new Outcome.Finished(true);
                }
            } while (cursor != null);
            findings.replace(source.id(), found, Map.of());
            return deleteMissing();
        }

        private Outcome unavailable(String advice) {
            String sentence = connector.describe(source) + " cannot be read. " + advice;
            return known.isEmpty()
                    ? new Outcome.Failed("unreadable", sentence)
                    : new Outcome.Failed(
                            NEEDS_CONFIRMATION,
                            sentence + " Nothing was deleted. If it was removed on purpose, confirm the deletion.");
        }

        private Outcome refuse(Listing.Refused refused) {
            removeNow(known.keySet().stream().filter(refused.own()).toList());
            return new Outcome.Failed("own_data", refused.reason());
        }

        /** What somebody asked to leave out goes at once, however much it is. */
        private void removeLeftOut(Listing.Page page) {
            Set<String> listed = page.items().stream().map(Item::path).collect(Collectors.toSet());
            removeNow(known.keySet().stream()
                    .filter(path -> !listed.contains(path) && page.isLeftOut(path))
                    .toList());
        }

        private void removeNow(List<String> paths) {
            if (!paths.isEmpty()) {
                changed = true;
                registrar.removeLocations(collection, source.id(), paths);
                paths.forEach(known::remove);
            }
        }

        private boolean isSuddenlyEmpty(Listing.Page page) {
            return page.items().isEmpty()
                    && page.findings().stream()
                            .noneMatch(finding -> finding.kind().isUnknown())
                    && page.next() == null
                    && seen.isEmpty()
                    && unreadable.isEmpty()
                    && !known.isEmpty()
                    && !confirmed;
        }

        private Outcome suddenlyEmpty() {
            return new Outcome.Failed(
                    NEEDS_CONFIRMATION,
                    connector.describe(source) + " is empty, but " + known.size()
                            + " files were found there before. Nothing was deleted. If they were removed on purpose,"
                            + " confirm the deletion.");
        }

        private void register(Listing.Page page, BooleanSupplier cancelled) {
            for (Item item : page.items()) {
                if (cancelled.getAsBoolean()) {
                    break;
                }
                seen.add(item.path());
                compare(item);
                if (arrivals.size() + retimed.size() + unsettled.size() >= BATCH
                        || System.nanoTime() - batchSince > BATCH_NANOS) {
                    flush();
                }
            }
            flush();
            found.addAll(page.findings());
            for (SourceFinding one : page.findings()) {
                if (one.kind().isUnknown()) {
                    unreadable.add(one.path());
                }
                if (one.kind().isFailedDocument()) {
                    registerUnreadable(one.path(), one.reason());
                }
            }
        }

        private void compare(Item item) {
            RecordedLocation before = known.get(item.path());
            boolean unchanged =
                    before != null && before.bytes() == item.bytes() && before.modifiedAt() == item.modifiedAt();
            if (before != null && unchanged && !compareContents) {
                markPresent(before);
                return;
            }
            try {
                if (before != null
                        && before.bytes() == item.bytes()
                        && hash(item).equals(before.hash())) {
                    if (!unchanged) {
                        retimed.add(new RecordedLocation(
                                item.path(),
                                item.bytes(),
                                stableModificationTime(item),
                                before.hash(),
                                before.document(),
                                true));
                    }
                    markPresent(before);
                } else {
                    store(item);
                }
            } catch (IOException | LecternException e) {
                if (DiskFull.isCauseOf(e)) {
                    throw DiskFull.exception("the disk of the originals", e);
                }
                reject(item, e);
            }
        }

        private String hash(Item item) throws IOException {
            try (InputStream in = connector.open(source, item.path())) {
                return Sha256.hex(in);
            }
        }

        private void markPresent(RecordedLocation before) {
            hashes.add(before.hash());
            DocumentId document = before.document();
            if (!before.upToDate() && document != null && open.add(document)) {
                unsettled.add(document);
            }
        }

        private void store(Item item) throws IOException {
            try (InputStream in = connector.open(source, item.path())) {
                OriginalStore.Stored stored =
                        originals.store(in, properties.maxFile().toBytes());
                hashes.add(stored.hash());
                arrivals.add(arrival(item.path(), stored.hash(), stored.bytes(), stableModificationTime(item)));
            }
        }

        private void reject(Item item, Exception failure) {
            if (failure instanceof LecternException known && known.code() == ErrorCode.STORAGE_FULL) {
                throw known;
            }
            String reason =
                    switch (failure) {
                        case LecternException known -> known.clientMessage();
                        case NotRespondingException silent -> silent.reason();
                        default -> UNREADABLE;
                    };
            found.add(new SourceFinding(item.path(), kind(failure), reason));
            registerUnreadable(item.path(), reason);
        }

        private static SourceFinding.Kind kind(Exception failure) {
            if (failure instanceof NotRespondingException) {
                return SourceFinding.Kind.NOT_RESPONDING;
            }
            boolean large = failure instanceof LecternException known && known.code() == ErrorCode.TOO_LARGE;
            return large ? SourceFinding.Kind.TOO_LARGE : SourceFinding.Kind.UNREADABLE_FILE;
        }

        private void registerUnreadable(String path, String reason) {
            String hash = Document.UNREADABLE_HASH_PREFIX + Sha256.hex(source.id() + "/" + path);
            sources.addWhileExisting(
                    source.id(), () -> registrar.recordUnreadable(collection, arrival(path, hash, 0, -1), reason));
            changed |= !known.containsKey(path);
        }

        private long stableModificationTime(Item item) {
            return clock.millis() - item.modifiedAt() < FRESH_MILLIS ? -1 : item.modifiedAt();
        }

        private IncomingDocument arrival(String path, String hash, long bytes, long modifiedAt) {
            return new IncomingDocument(
                    source.id(),
                    path,
                    connector.uri(source, path),
                    VisibleText.toUniqueName(path.substring(path.lastIndexOf('/') + 1)),
                    hash,
                    bytes,
                    modifiedAt,
                    false,
                    false,
                    ConflictPolicy.REPLACE);
        }

        private void flush() {
            if (!retimed.isEmpty()) {
                locations.updateTimes(source.id(), retimed);
            }
            if (!arrivals.isEmpty() || !unsettled.isEmpty()) {
                changed = true;
                registrar.register(collection, arrivals, pipelineVersion, this::addTasks);
                worker.wake();
            }
            retimed.clear();
            arrivals.clear();
            unsettled.clear();
            batchSince = System.nanoTime();
        }

        private void addTasks(List<RegistrationResult> registered) {
            sources.requireExisting(source.id());
            Set<DocumentId> work = new HashSet<>(unsettled);
            for (RegistrationResult one : registered) {
                DocumentId document = one.document();
                if (one.needsProcessing() && document != null) {
                    work.add(document);
                }
            }
            tasks.add(job, documents.findSizes(work), TaskRepository.Priority.SOURCE);
        }

        /** An item that has moved within the source does not count as missing. */
        private Outcome deleteMissing() {
            Map<String, RecordedLocation> missing = new HashMap<>(known);
            missing.keySet().removeAll(seen);
            missing.keySet().removeIf(this::isHidden);
            long gone = missing.values().stream()
                    .filter(file -> !hashes.contains(file.hash()))
                    .count();
            if (!confirmed && known.size() > FEW_ITEMS && gone * 2 > known.size()) {
                return new Outcome.Failed(
                        NEEDS_CONFIRMATION,
                        gone + " of " + known.size() + " known files are missing. " + connector.describe(source)
                                + " has lost more than half of its files, so nothing was deleted. If they were removed"
                                + " on purpose, confirm the deletion.");
            }
            if (!missing.isEmpty()) {
                changed = true;
                registrar.removeLocations(collection, source.id(), missing.keySet());
            }
            return new Outcome.Finished(changed);
        }

        /** Whether the item, or a folder above it, exists and cannot be read. */
        private boolean isHidden(String path) {
            if (unreadable.contains(path)) {
                return true;
            }
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (unreadable.contains(path.substring(0, slash))) {
                    return true;
                }
            }
            return false;
        }
    }
}
