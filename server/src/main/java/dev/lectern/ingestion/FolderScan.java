package dev.lectern.ingestion;

import dev.lectern.library.Document;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.RecordedLocation;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Compares a folder with what is known of it: takes in what is new or changed, then lets go what has vanished, unless too much has. */
@Component
class FolderScan {
    private static final int BATCH = 64;
    private static final long BATCH_NANOS = 500_000_000L;
    /** A file that was changed this short a time ago may change again without its time showing it. */
    private static final long FRESH_MILLIS = 2_000;

    private static final int FEW = 20;
    private static final String NEEDS_CONFIRMATION = "needs_confirmation";

    private final DocumentRegistrar registrar;
    private final LocationRepository locations;
    private final OriginalStore originals;
    private final TaskQueue tasks;
    private final Workshop workshop;
    private final DataFolder data;
    private final IngestionProperties properties;
    private final InstantSource clock;

    FolderScan(
            DocumentRegistrar registrar,
            LocationRepository locations,
            OriginalStore originals,
            TaskQueue tasks,
            Workshop workshop,
            DataFolder data,
            IngestionProperties properties,
            InstantSource clock) {
        this.registrar = registrar;
        this.locations = locations;
        this.originals = originals;
        this.tasks = tasks;
        this.workshop = workshop;
        this.data = data;
        this.properties = properties;
        this.clock = clock;
    }

    /** What became of a scan. */
    sealed interface Outcome {
        /** @param changed whether anything was different from before */
        record Finished(boolean changed) implements Outcome {}

        record Failed(String code, String reason) implements Outcome {}
    }

    /**
     * @param confirmed whether everything may vanish
     * @param cancelled looked at between files
     */
    Outcome scan(
            Source source, JobId job, boolean confirmed, PipelineVersion pipelineVersion, BooleanSupplier cancelled) {
        Map<String, RecordedLocation> known = locations.findAll(source.id(), pipelineVersion);
        FolderWalk.Result walk;
        try {
            walk = FolderWalk.walk(source.folder(), properties.ignore(), data.root(), properties.maxFolderFiles());
        } catch (IOException e) {
            if (!confirmed || Files.exists(source.folder())) {
                return new Outcome.Failed(
                        known.isEmpty() ? "unreadable" : NEEDS_CONFIRMATION,
                        "The folder " + source.folder()
                                + " cannot be read. Mount it or check its permissions and scan again"
                                + (known.isEmpty()
                                        ? "."
                                        : "; nothing was deleted. If it is gone for good, confirm the deletion."));
            }
            walk = new FolderWalk.Result(List.of(), Set.of());
        }
        if (walk.found().isEmpty() && walk.unreadable().isEmpty() && !known.isEmpty() && !confirmed) {
            return new Outcome.Failed(
                    NEEDS_CONFIRMATION,
                    "The folder " + source.folder() + " is empty, but " + known.size()
                            + " files of it are known. Nothing was deleted. If they are gone for good, confirm the deletion.");
        }
        Round round = new Round(source, job, pipelineVersion, known);
        round.takeIn(walk, cancelled);
        return cancelled.getAsBoolean() ? new Outcome.Finished(true) : round.letGo(walk, confirmed);
    }

    /** One scan. */
    private final class Round {
        private final Source source;
        private final JobId job;
        private final PipelineVersion pipelineVersion;
        private final Map<String, RecordedLocation> known;
        private final Set<DocumentId> open;
        private final Set<String> seen = new HashSet<>();
        private final Set<String> hashes = new HashSet<>();
        private final List<IncomingDocument> arrivals = new ArrayList<>();
        private final List<RecordedLocation> touched = new ArrayList<>();
        private final List<DocumentId> unsettled = new ArrayList<>();
        private long batchSince = System.nanoTime();
        private boolean changed;

        Round(Source source, JobId job, PipelineVersion pipelineVersion, Map<String, RecordedLocation> known) {
            this.source = source;
            this.job = job;
            this.pipelineVersion = pipelineVersion;
            this.known = known;
            this.open = tasks.open();
        }

        void takeIn(FolderWalk.Result walk, BooleanSupplier cancelled) {
            for (FolderWalk.Found file : walk.found()) {
                if (cancelled.getAsBoolean()) {
                    break;
                }
                seen.add(file.path());
                look(file);
                if (arrivals.size() + touched.size() + unsettled.size() >= BATCH
                        || System.nanoTime() - batchSince > BATCH_NANOS) {
                    flush();
                }
            }
            flush();
            walk.unreadable().forEach(this::unreadable);
        }

        private void look(FolderWalk.Found file) {
            RecordedLocation before = known.get(file.path());
            if (before != null && before.bytes() == file.bytes() && before.modifiedAt() == file.modifiedAt()) {
                same(before);
                return;
            }
            try {
                if (before != null
                        && before.bytes() == file.bytes()
                        && Hashes.of(file.file()).equals(before.hash())) {
                    touched.add(new RecordedLocation(
                            file.path(), file.bytes(), settledTime(file), before.hash(), before.document(), true));
                    same(before);
                } else {
                    arrive(file);
                }
            } catch (IOException | LecternException e) {
                refuse(file, e);
            }
        }

        private void same(RecordedLocation before) {
            hashes.add(before.hash());
            DocumentId document = before.document();
            if (!before.upToDate() && document != null && open.add(document)) {
                unsettled.add(document);
            }
        }

        private void arrive(FolderWalk.Found file) throws IOException {
            try (InputStream in = Files.newInputStream(file.file())) {
                OriginalStore.Stored stored =
                        originals.store(in, properties.maxFile().toBytes());
                hashes.add(stored.hash());
                arrivals.add(arrival(file.path(), stored.hash(), stored.bytes(), settledTime(file)));
            }
        }

        private void refuse(FolderWalk.Found file, Exception failure) {
            if (failure instanceof LecternException known && known.code() == ErrorCode.STORAGE_FULL) {
                throw known;
            }
            String reason = failure instanceof LecternException known
                    ? Objects.toString(known.getMessage())
                    : "The file cannot be read. Check its permissions and scan the folder again.";
            unreadable(file.path(), reason);
        }

        private void unreadable(String path) {
            Path file = source.folder().resolve(path);
            if (Files.isSymbolicLink(file)) {
                unreadable(
                        path,
                        "The file cannot be read: it is a link to a file that is not there. Restore that or delete the link.");
            } else if (!Files.isDirectory(file)) {
                unreadable(path, "The file cannot be read. Check its permissions and scan the folder again.");
            }
        }

        private void unreadable(String path, String reason) {
            String hash = Document.UNREADABLE_HASH_PREFIX + Hashes.of(source.id() + "/" + path);
            registrar.recordUnreadable(source.collection(), arrival(path, hash, 0, -1), reason);
            changed |= !known.containsKey(path);
        }

        private long settledTime(FolderWalk.Found file) {
            return clock.millis() - file.modifiedAt() < FRESH_MILLIS ? -1 : file.modifiedAt();
        }

        private IncomingDocument arrival(String path, String hash, long bytes, long modifiedAt) {
            Path file = source.folder().resolve(path);
            return new IncomingDocument(
                    source.id(),
                    path,
                    file.toUri().toString(),
                    path.substring(path.lastIndexOf('/') + 1),
                    hash,
                    bytes,
                    modifiedAt,
                    false,
                    false);
        }

        private void flush() {
            if (!touched.isEmpty()) {
                locations.updateTimes(source.id(), touched);
            }
            if (!arrivals.isEmpty() || !unsettled.isEmpty()) {
                changed = true;
                registrar.register(source.collection(), arrivals, pipelineVersion, this::addTasks);
                workshop.wake();
            }
            touched.clear();
            arrivals.clear();
            unsettled.clear();
            batchSince = System.nanoTime();
        }

        private void addTasks(List<RegistrationResult> registered) {
            Set<DocumentId> work = new HashSet<>(unsettled);
            for (RegistrationResult one : registered) {
                DocumentId document = one.document();
                if (one.needsProcessing() && document != null) {
                    work.add(document);
                }
            }
            tasks.add(job, work, TaskQueue.Priority.FOLDER);
        }

        /** What has moved elsewhere in the folder does not count as vanished. */
        Outcome letGo(FolderWalk.Result walk, boolean confirmed) {
            Map<String, RecordedLocation> vanished = new HashMap<>(known);
            vanished.keySet().removeAll(seen);
            vanished.keySet().removeIf(walk::hidesFrom);
            long gone = vanished.values().stream()
                    .filter(file -> !hashes.contains(file.hash()))
                    .count();
            if (!confirmed && known.size() > FEW && gone * 2 > known.size()) {
                return new Outcome.Failed(
                        NEEDS_CONFIRMATION,
                        gone + " of " + known.size() + " known files of " + source.folder()
                                + " are no longer there. Nothing was deleted. If they are gone for good, confirm the deletion.");
            }
            if (!vanished.isEmpty()) {
                changed = true;
                registrar.removeLocations(source.id(), vanished.keySet());
            }
            return new Outcome.Finished(changed);
        }
    }

    /** Where texts without a file are located. */
    static SourceId texts(CollectionId collection) {
        return new SourceId("texts:" + collection);
    }
}
