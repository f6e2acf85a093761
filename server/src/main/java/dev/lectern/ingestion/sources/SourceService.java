package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Adds, lists, scans and removes sources. Thread-safe; a scan goes on after the method that requested it returns. */
@Service
public class SourceService {
    private final SourceRepository sources;
    private final SourceWatcherRegistry watchers;
    private final ScanWorker scans;
    private final DocumentRegistrar registrar;
    private final LocationRepository locations;
    private final LibraryCollections collections;
    private final PipelineVersionProvider versions;

    SourceService(
            SourceRepository sources,
            SourceWatcherRegistry watchers,
            ScanWorker scans,
            DocumentRegistrar registrar,
            LocationRepository locations,
            LibraryCollections collections,
            PipelineVersionProvider versions) {
        this.sources = sources;
        this.watchers = watchers;
        this.scans = scans;
        this.registrar = registrar;
        this.locations = locations;
        this.collections = collections;
        this.versions = versions;
    }

    /**
     * Makes a folder a source that is watched from now on; a folder that is a source of the collection already stays the same source.
     *
     * @throws LecternException INVALID_REQUEST when it is not a folder that the server can read; NOT_FOUND when there is no such collection
     */
    public Source addFolder(Path folder, CollectionId collection) {
        collections.get(collection);
        Path real;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            throw LecternException.invalid(
                    "path", "There is no folder " + folder + ". Give the path of an existing folder.");
        }
        if (!Files.isDirectory(real) || !Files.isReadable(real)) {
            throw LecternException.invalid(
                    "path",
                    folder + " is not a folder that the server can read. Check the path and the folder's permissions.");
        }
        SourceId id = sources.add(collection, FolderConnector.KIND, real.toString());
        Source source = find(id);
        watchers.watch(source);
        return source;
    }

    /**
     * Queues a scan.
     *
     * @param confirmed whether all documents whose items are gone may be deleted, however many they are
     * @throws LecternException NOT_FOUND
     */
    public JobId scan(SourceId source, boolean confirmed) {
        return scans.request(find(source), confirmed, false);
    }

    /** Wakes the worker that carries out scans: one was queued again. */
    public void wakeScans() {
        scans.wake();
    }

    /**
     * Removes a source with all its documents that have no other location.
     *
     * @throws LecternException NOT_FOUND
     */
    public void remove(SourceId source) {
        Source known = find(source);
        watchers.unwatch(known.id());
        sources.delete(known.id());
        registrar.removeLocations(
                source, locations.findAll(source, versions.current()).keySet());
    }

    /** @param collection null for the sources of all collections */
    public List<Source> list(@Nullable CollectionId collection) {
        return sources.list(collection);
    }

    private Source find(SourceId source) {
        return sources.find(source)
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND, "There is no source " + source + ". List the sources of the collection."));
    }
}
