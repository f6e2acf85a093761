package dev.lectern.index;

import dev.lectern.index.lucene.LucenePassageIndex;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens the index of a fingerprint: one for each, in a folder of its own, so that a new model's index grows beside the old one. Thread-safe. */
@Component
public final class PassageIndexes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PassageIndexes.class);

    private final Path root;
    private final InstantSource clock;
    private final Map<EmbedderFingerprint, PassageIndex> open = new HashMap<>();

    PassageIndexes(DataFolder folder, InstantSource clock) {
        this.root = folder.root().resolve("index");
        this.clock = clock;
    }

    /**
     * The index of a fingerprint, made empty where there is none and where it is damaged: the library fills it again at the start. The same object each
     * time. It is closed with the program.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE}, with what to do
     */
    public synchronized PassageIndex open(EmbedderFingerprint fingerprint) {
        PassageIndex known = open.get(fingerprint);
        if (known != null) {
            return known;
        }
        PassageIndex opened = openOrMakeAgain(fingerprint);
        open.put(fingerprint, opened);
        return opened;
    }

    private PassageIndex openOrMakeAgain(EmbedderFingerprint fingerprint) {
        Path folder = root.resolve(fingerprint.id());
        try {
            return LucenePassageIndex.open(folder, fingerprint, clock);
        } catch (DamagedIndexException damaged) {
            log.warn("The index in {} cannot be used and is made again from the library", folder, damaged);
            discard(fingerprint);
            return LucenePassageIndex.open(folder, fingerprint, clock);
        }
    }

    /** The ids of the fingerprints that there are indexes of, open or not. */
    public Set<String> fingerprintIds() {
        if (!Files.isDirectory(root)) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            Set<String> ids = new TreeSet<>();
            folders.forEach(folder -> ids.add(folder.getFileName().toString()));
            return ids;
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    /**
     * Deletes the index of a fingerprint with everything in it, closing it first. After this {@link #open} makes an empty one, which is to be filled
     * from the library: the way out of a damaged index, and the end of one whose model is no longer used.
     */
    public synchronized void discard(EmbedderFingerprint fingerprint) {
        PassageIndex index = open.remove(fingerprint);
        if (index != null) {
            index.close();
        }
        Path folder = root.resolve(fingerprint.id());
        try {
            if (Files.exists(folder)) {
                Files.walkFileTree(folder, new Deleting());
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static LecternException unreadable(Path folder, IOException cause) {
        return new LecternException(
                ErrorCode.INDEX_UNAVAILABLE,
                "The folder " + folder + " cannot be read or changed. Check its permissions.",
                cause);
    }

    synchronized List<PassageIndex> opened() {
        return List.copyOf(open.values());
    }

    @Override
    public synchronized void close() {
        open.values().forEach(PassageIndex::close);
        open.clear();
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
