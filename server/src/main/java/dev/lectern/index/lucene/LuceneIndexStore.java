package dev.lectern.index.lucene;

import dev.lectern.index.IndexSearchProperties;
import dev.lectern.index.IndexStore;
import dev.lectern.index.PassageIndex;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores each Lucene index in a folder that is named after its fingerprint. */
public final class LuceneIndexStore implements IndexStore {
    private final Path root;
    private final IndexSearchProperties search;
    private final InstantSource clock;

    /** A store that searches as by default. */
    public LuceneIndexStore(Path root, InstantSource clock) {
        this(root, IndexSearchProperties.DEFAULT, clock);
    }

    /** @param root parent folder; created with the first index */
    public LuceneIndexStore(Path root, IndexSearchProperties search, InstantSource clock) {
        this.root = root;
        this.search = search;
        this.clock = clock;
    }

    @Override
    public PassageIndex open(EmbedderFingerprint fingerprint) {
        return LucenePassageIndex.open(folder(fingerprint), fingerprint, search, clock);
    }

    @Override
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

    @Override
    public void discard(EmbedderFingerprint fingerprint) {
        Path folder = folder(fingerprint);
        try {
            if (Files.exists(folder)) {
                Files.walkFileTree(folder, new DeletingVisitor());
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private Path folder(EmbedderFingerprint fingerprint) {
        return root.resolve(fingerprint.id());
    }

    private static LecternException unreadable(Path folder, IOException cause) {
        return new LecternException(
                ErrorCode.INDEX_UNAVAILABLE,
                "The folder " + folder + " cannot be read or written. Check its permissions.",
                cause);
    }

    /** Does nothing: errors of the folder are reported when an index is opened. */
    @Override
    public void check() {}

    /** Does nothing: the indexes are closed by their owners. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "Lucene[" + root + "]";
    }

    private static final class DeletingVisitor extends SimpleFileVisitor<Path> {
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
