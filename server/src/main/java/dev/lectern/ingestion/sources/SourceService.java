package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.LocationRepository;
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
import org.springframework.stereotype.Service;

/**
 * Adds, lists, scans and removes sources. They are folders of the server's machine, so all that is for operators who may manage the collection. Thread-safe; a
 * scan goes on after the method that requested it returns.
 */
@Service
public class SourceService {
    private static final String FOR_OPERATORS =
            "Folders of the server's machine are managed from its command line: lectern ingest DIR. Upload files here.";

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
            FolderResolver resolver) {
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
    }

    /**
     * Makes a folder a source that is watched from now on; a folder that is a source of the collection already stays the same source.
     *
     * @throws LecternException FORBIDDEN unless the caller is the operator; INVALID_REQUEST when it is not a folder that the server can read, or is
     *     Lectern's own; NOT_FOUND when
     *     there is no such collection
     */
    public Source addFolder(Caller caller, Path folder, CollectionId collection) {
        requireManager(caller, collection);
        collections.get(caller, collection);
        Path real = resolver.resolve(folder);
        SourceId id = sources.add(collection, FolderConnector.KIND, FolderPath.format(real));
        Source source = find(caller, id);
        watchers.watch(source);
        return source;
    }

    /**
     * Queues a scan.
     *
     * @param confirmed whether all documents whose items are gone may be deleted, however many they are
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND
     */
    public JobId scan(Caller caller, SourceId source, boolean confirmed) {
        return scans.request(caller, find(caller, source), confirmed, false);
    }

    /** Wakes the worker that carries out scans: one was queued again or cancelled. */
    public void wakeScans() {
        scans.wake();
    }

    /**
     * Removes a source with all its documents that have no other location.
     *
     * @throws LecternException FORBIDDEN unless the caller is the operator; NOT_FOUND
     */
    public void remove(Caller caller, SourceId source) {
        Source known = find(caller, source);
        WritableCollection collection = access.writable(caller, known.collection(), () -> notFound(source));
        watchers.unwatch(known.id());
        sources.delete(known.id());
        scans.wake();
        registrar.removeLocations(
                collection,
                source,
                locations.findAll(source, versions.current()).keySet());
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
        caller.requireOperator(FOR_OPERATORS);
        Source found = sources.find(source).orElseThrow(() -> notFound(source));
        access.require(caller, Permission.MANAGE, found.collection(), () -> notFound(source));
        return found;
    }

    private void requireManager(Caller caller, CollectionId collection) {
        caller.requireOperator(FOR_OPERATORS);
        access.require(caller, Permission.MANAGE, collection, LibraryCollections::notFound);
    }

    private static LecternException notFound(SourceId source) {
        return new LecternException(
                ErrorCode.NOT_FOUND, "There is no source " + source + ". List the sources of the collection.");
    }
}
