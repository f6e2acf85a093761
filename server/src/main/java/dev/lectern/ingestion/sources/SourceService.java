package dev.lectern.ingestion.sources;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.http.Page;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.library.DocumentTags;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.SourceInventory;
import dev.lectern.library.update.SourceInventory.MissingFile;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.SourceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds, lists, scans and removes sources. They are folders of the server's machine, so all that is for operators who may manage the collection. Thread-safe; a
 * scan goes on after the method that requested it returns.
 */
@Service
public class SourceService {
    private static final String FOR_OPERATORS =
            "Folders of the server's machine are managed from its command line: lectern ingest DIR. Upload files here.";

    private static final String SOURCE = "source";

    private final CollectionAccess access;
    private final SourceRepository sources;
    private final SourceWatcherRegistry watchers;
    private final ScanWorker scans;
    private final DocumentRegistrar registrar;
    private final LocationRepository locations;
    private final LibraryCollections collections;
    private final PipelineVersionProvider versions;
    private final SourceConnectorRegistry connectors;
    private final FolderResolver resolver;
    private final SourceStatusReader statuses;
    private final SourceFindingRepository findings;
    private final SourceInventory inventory;
    private final DocumentTags tags;
    private final TransactionTemplate transactions;
    private final AuditLog auditLog;

    SourceService(
            CollectionAccess access,
            SourceRepository sources,
            SourceWatcherRegistry watchers,
            ScanWorker scans,
            DocumentRegistrar registrar,
            LocationRepository locations,
            LibraryCollections collections,
            PipelineVersionProvider versions,
            SourceConnectorRegistry connectors,
            FolderResolver resolver,
            SourceStatusReader statuses,
            SourceFindingRepository findings,
            SourceInventory inventory,
            DocumentTags tags,
            TransactionTemplate transactions,
            AuditLog auditLog) {
        this.access = access;
        this.sources = sources;
        this.watchers = watchers;
        this.scans = scans;
        this.registrar = registrar;
        this.locations = locations;
        this.collections = collections;
        this.versions = versions;
        this.connectors = connectors;
        this.resolver = resolver;
        this.statuses = statuses;
        this.findings = findings;
        this.inventory = inventory;
        this.tags = tags;
        this.transactions = transactions;
        this.auditLog = auditLog;
    }

    /**
     * Makes a folder a source that is watched from now on; a folder that is a source of the collection already stays the same source. A folder that holds another
     * source or lies in one is accepted: files that both have are one document. A folder that cannot be watched at the moment is accepted as well, and scanned.
     *
     * @throws LecternException FORBIDDEN unless the caller is the operator; INVALID_REQUEST when it is not a folder that the server can read, or is
     *     Lectern's own; NOT_FOUND when
     *     there is no such collection
     */
    public Source addFolder(Caller caller, Path folder, CollectionId collection) {
        requireManager(caller, collection);
        collections.get(caller, collection);
        String path = FolderPath.format(resolver.resolve(folder));
        SourceId id = sources.add(
                collection,
                FolderConnector.KIND,
                path,
                added -> auditLog.record(AuditEntry.of(AuditAction.SOURCE_ADDED, caller, SOURCE, added.value())
                        .with("collection", collection)
                        .with("kind", FolderConnector.KIND)
                        .with("path", path)));
        Source source = find(caller, id);
        watchers.tryToWatch(source);
        return source;
    }

    /**
     * Queues a scan.
     *
     * @param confirmed whether all documents whose items are gone may be deleted, however many they are
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND
     */
    public JobId scan(Caller caller, SourceId source, boolean confirmed) {
        return scan(caller, source, confirmed, false);
    }

    /**
     * Queues a scan, or extends the one that is queued.
     *
     * @param confirmed whether all documents whose items are gone may be deleted, however many they are
     * @param compareContents whether the bytes of all items are read, also of those whose size and times are unchanged
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND
     */
    public JobId scan(Caller caller, SourceId source, boolean confirmed, boolean compareContents) {
        Source found = find(caller, source);
        if (!confirmed) {
            return scans.request(caller, found, false, compareContents, false);
        }
        JobId job = transactions.execute(status -> {
            auditLog.record(AuditEntry.of(AuditAction.DELETION_CONFIRMED, caller, SOURCE, source.value())
                    .with("collection", found.collection())
                    .with("path", found.location()));
            return scans.request(caller, found, true, compareContents, false);
        });
        // Until the commit, nobody else sees the scan.
        scans.wake();
        return job;
    }

    /** Wakes the worker that carries out scans: one was queued again or cancelled. */
    public void wakeScans() {
        scans.wake();
    }

    /**
     * Removes a source with all its documents that have no other location. A removal that is cut short leaves the source, which can be removed again.
     *
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND
     */
    public void remove(Caller caller, SourceId source) {
        Source known = find(caller, source);
        WritableCollection collection = writable(caller, known);
        watchers.unwatch(known.id());
        removeDocuments(collection, known.id());
        tags.set(collection, known.id(), List.of());
        transactions.executeWithoutResult(status -> {
            if (sources.delete(known.id())) {
                auditLog.record(AuditEntry.of(AuditAction.SOURCE_REMOVED, caller, SOURCE, source.value())
                        .with("collection", known.collection())
                        .with("path", known.location()));
            }
        });
        scans.wake();
        // Those that a running scan has added meanwhile. It adds no more, now that the source is gone.
        removeDocuments(collection, known.id());
    }

    private void removeDocuments(WritableCollection collection, SourceId source) {
        registrar.removeLocations(
                collection,
                source,
                locations.findAll(source, versions.current()).keySet());
    }

    /**
     * Replaces the tags that all documents with a file in the source have.
     *
     * @param normalized as {@link DocumentTags#normalize} returns them
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND
     */
    public void setTags(Caller caller, SourceId source, List<String> normalized) {
        Source known = find(caller, source);
        tags.set(writable(caller, known), known.id(), normalized);
    }

    /** @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND */
    public SourceStatus describe(Caller caller, SourceId source) {
        return describe(caller, find(caller, source));
    }

    /** @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND when there is no such collection */
    public List<SourceStatus> describeAll(Caller caller, CollectionId collection) {
        return list(caller, collection).stream()
                .map(source -> describe(caller, source))
                .toList();
    }

    private SourceStatus describe(Caller caller, Source source) {
        return statuses.read(writable(caller, source), source);
    }

    /**
     * A page of what the last scan did not take in, or not as it is, by kind and path. Of each kind the first {@value SourceFindingRepository#MAX_STORED} are
     * stored; {@link SourceStatus#findings} counts all.
     *
     * @param kind null for all
     * @param after {@link Page#next} of the page before; null for the first page
     * @param limit 1 to 200
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND; INVALID_REQUEST when {@code after} is of no page
     */
    public Page<SourceFinding> findings(
            Caller caller, SourceId source, SourceFinding.@Nullable Kind kind, @Nullable String after, int limit) {
        return findings.findPage(find(caller, source).id(), kind, after, limit);
    }

    /**
     * A page of the files that were not found and whose documents stay until that is confirmed, by path.
     *
     * @param after {@link Page#next} of the page before; null for the first page
     * @param limit 1 to 200
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND
     */
    public Page<MissingFile> missing(Caller caller, SourceId source, @Nullable String after, int limit) {
        Source found = find(caller, source);
        return inventory.findMissing(writable(caller, found), source, after, limit);
    }

    private WritableCollection writable(Caller caller, Source source) {
        return access.writable(caller, source.collection(), () -> notFound(source.id()));
    }

    /** @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND when there is no such collection */
    public List<Source> list(Caller caller, CollectionId collection) {
        requireManager(caller, collection);
        collections.get(caller, collection);
        return sources.list(collection);
    }

    /** The sources of all collections, for tasks of the server. */
    public List<Source> list(SystemTask task) {
        return sources.list(null).stream()
                .filter(source -> access.isGranted(task, Permission.READ, source.collection()))
                .toList();
    }

    /** What operators should know about sources: those that do not respond, then those whose last scan failed. Whole sentences. */
    public List<String> listProblems(SystemTask task) {
        List<Source> all = list(task);
        return Stream.concat(
                        all.stream().map(source -> SourceResponseMonitor.describe(connectors.find(source), source)),
                        // The scan of a source that does not respond has failed for that reason.
                        all.stream().filter(source -> source.silence() == null).map(Source::reason))
                .filter(Objects::nonNull)
                .toList();
    }

    private Source find(Caller caller, SourceId source) {
        caller.requireAdministrator(FOR_OPERATORS);
        Source found = sources.find(source).orElseThrow(() -> notFound(source));
        access.require(caller, Permission.MANAGE, found.collection(), () -> notFound(source));
        return found;
    }

    private void requireManager(Caller caller, CollectionId collection) {
        caller.requireAdministrator(FOR_OPERATORS);
        access.require(caller, Permission.MANAGE, collection, LibraryCollections::notFound);
    }

    private static LecternException notFound(SourceId source) {
        return new LecternException(
                ErrorCode.NOT_FOUND, "There is no source " + source + ". List the sources of the collection.");
    }
}
