package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.OriginalOutbox;
import dev.lectern.library.update.RecordedLocation;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of items of one source during one scan. What was read counts only if the file did not change meanwhile; otherwise the file is put off, at
 * most for the settle limit. Not thread-safe.
 */
final class ItemReader {
    private static final String UNREADABLE =
            "The file cannot be read. Check its permissions and scan its source again.";

    /** Between two scans for files that were put off. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private final SourceConnector connector;
    private final Source source;
    private final OriginalStore originals;
    private final OriginalOutbox unwanted;
    private final BusyFileRegistry busyFiles;
    private final IngestionProperties properties;
    private final InstantSource clock;
    private final Duration quiet;
    private final Set<String> busy = new HashSet<>();
    private final Set<Long> putOffSizes = new HashSet<>();
    private @Nullable Duration lookAgain;
    private long lookedAt;

    ItemReader(
            SourceConnector connector,
            Source source,
            OriginalStore originals,
            OriginalOutbox unwanted,
            BusyFileRegistry busyFiles,
            IngestionProperties properties,
            InstantSource clock,
            boolean automatic) {
        this.connector = connector;
        this.source = source;
        this.originals = originals;
        this.unwanted = unwanted;
        this.busyFiles = busyFiles;
        this.properties = properties;
        this.clock = clock;
        // Whoever asks for a scan wants what is there now.
        this.quiet = automatic ? properties.quietTime() : Duration.ZERO;
    }

    /** What reading an item found. */
    sealed interface Result {
        /** Its bytes are those that were recorded. */
        record Unchanged(Item now) implements Result {}

        /**
         * It has other bytes, which are stored and reserved.
         *
         * @param settled whether they are the bytes of the file with these attributes; otherwise it was changing and will be compared again
         */
        record Stored(Item now, OriginalStore.Stored bytes, boolean settled) implements Result {}

        /**
         * It is changing and will be read by a later scan.
         *
         * @param lasting whether that has been so for the settle limit
         */
        record PutOff(boolean lasting) implements Result {}

        /** It is not there any more, or another file is. */
        record Gone() implements Result {}

        record Unreadable(Kind kind, String reason) implements Result {}
    }

    /** The source was listed just now: what has changed shortly before is unsettled. */
    void beginLook() {
        lookedAt = clock.millis();
        putOffSizes.clear();
    }

    /** Whether the file changed so shortly before the source was listed that more may follow, and has not waited for the settle limit yet. */
    boolean isUnsettled(Item item) {
        return isRecent(Math.max(item.modifiedAt(), item.changedAt())) && !isDue(item.path());
    }

    private boolean isRecent(long changedAt) {
        return Math.abs(lookedAt - changedAt) < quiet.toMillis();
    }

    private boolean isDue(String path) {
        return busyFiles.isDue(
                source.id(), path, lookedAt, properties.settleLimit().toMillis());
    }

    /**
     * Whether a missing file may come back within a moment: its folder is changing, or a file of its size was put off, which may be the same one. Waiting ends
     * with the settle limit.
     */
    boolean isUnsettled(RecordedLocation missing, @Nullable Item folder) {
        boolean recent = folder != null && isRecent(Math.max(folder.modifiedAt(), folder.changedAt()));
        if ((!recent && !putOffSizes.contains(missing.bytes())) || isDue(missing.path())) {
            return false;
        }
        putOff(missing.path());
        return true;
    }

    /**
     * Reads an item.
     *
     * @param before what was recorded of it; null when it is new
     * @throws LecternException STORAGE_FULL
     */
    Result read(Item listed, @Nullable RecordedLocation before) {
        if (isUnsettled(listed)) {
            putOffSizes.add(listed.bytes());
            return putOff(listed.path());
        }
        try {
            Item now = connector.stat(source, listed.path());
            return now == null || isOther(now, listed) ? new Result.Gone() : read(listed.path(), now, before);
        } catch (NoSuchFileException e) {
            return new Result.Gone();
        } catch (IOException | LecternException e) {
            return describeFailure(e);
        }
    }

    private Result read(String path, Item now, @Nullable RecordedLocation before) throws IOException {
        if (before != null && before.bytes() == now.bytes() && hash(path).equals(before.hash())) {
            return new Result.Unchanged(now);
        }
        OriginalStore.Stored stored = store(path);
        boolean kept = false;
        try {
            Item after = connector.stat(source, path);
            boolean settled = after != null && isSameState(now, after) && after.bytes() == stored.bytes();
            if (settled || isDue(path)) {
                if (!settled) {
                    busy.add(path);
                    busyFiles.recordBusyRead(source.id(), path, lookedAt);
                }
                kept = true;
                return new Result.Stored(now, stored, settled);
            }
            return after == null ? new Result.Gone() : putOff(path);
        } finally {
            if (!kept) {
                discard(stored.hash());
            }
        }
    }

    private String hash(String path) throws IOException {
        try (InputStream in = connector.open(source, path)) {
            return Sha256.hex(in);
        }
    }

    private OriginalStore.Stored store(String path) throws IOException {
        try (InputStream in = connector.open(source, path)) {
            return originals.store(in, properties.maxFile().toBytes());
        }
    }

    /** Ends the reservation of stored bytes that no document gets. */
    void discard(String hash) {
        originals.release(hash);
        unwanted.deleteUnreferenced(hash);
    }

    /** Whether the path has another file than it had when the source was listed. */
    private static boolean isOther(Item now, Item listed) {
        return listed.identity() != null && !listed.identity().equals(now.identity());
    }

    /** Whether the file of an item is at another path as well at this moment. */
    boolean isStill(Item item, String other) {
        try {
            Item there = connector.stat(source, other);
            return there != null && item.identity() != null && item.identity().equals(there.identity());
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean isSameState(Item one, Item other) {
        return one.bytes() == other.bytes()
                && one.modifiedAt() == other.modifiedAt()
                && (one.identity() == null || one.identity().equals(other.identity()));
    }

    /** Leaves an item to a later scan. */
    Result putOff(String path) {
        BusyFileRegistry.Wait wait = busyFiles.putOff(source.id(), path, lookedAt);
        busy.add(path);
        Duration limit = properties.settleLimit();
        Duration rest = limit.minusMillis(lookedAt - wait.since());
        // The second look finds most files at rest. A file that is busy even then is not looked for until it is due.
        requestLook(wait.looks() == 1 ? properties.quietTime() : rest);
        return new Result.PutOff(wait.lasting() || rest.isNegative());
    }

    /** Something of the source has to be looked at again after a time. */
    void requestLook(Duration after) {
        Duration bounded = after.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : after;
        lookAgain = lookAgain == null || bounded.compareTo(lookAgain) < 0 ? bounded : lookAgain;
    }

    /** When the source has to be scanned again for files that were put off; null when none was. */
    @Nullable Duration lookAgain() {
        return lookAgain;
    }

    /** The scan is over: files that it did not put off are busy no more. */
    void finish() {
        busyFiles.retain(source.id(), busy);
    }

    private static Result describeFailure(Exception failure) {
        if (DiskFull.isCauseOf(failure)) {
            throw DiskFull.exception("the disk of the originals", failure);
        }
        if (failure instanceof NotRespondingException silent) {
            return new Result.Unreadable(Kind.NOT_RESPONDING, silent.reason());
        }
        if (failure instanceof LecternException known) {
            if (known.code() == ErrorCode.STORAGE_FULL) {
                throw known;
            }
            Kind kind = known.code() == ErrorCode.TOO_LARGE ? Kind.TOO_LARGE : Kind.UNREADABLE_FILE;
            return new Result.Unreadable(kind, known.clientMessage());
        }
        return new Result.Unreadable(Kind.UNREADABLE_FILE, UNREADABLE);
    }
}
