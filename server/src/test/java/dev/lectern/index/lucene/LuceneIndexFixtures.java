package dev.lectern.index.lucene;

import dev.lectern.index.IndexSearchProperties;
import dev.lectern.index.PassageIndex;
import dev.lectern.shared.EmbedderFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Creates Lucene indexes in a folder for tests. */
public final class LuceneIndexFixtures {
    private final Path root;

    public LuceneIndexFixtures(Path root) {
        this.root = root;
    }

    public PassageIndex open(EmbedderFingerprint fingerprint) {
        return new LuceneIndexStore(root.resolve("index"), Clock.systemUTC()).open(fingerprint);
    }

    /** Opens an index that compares every embedding only of scopes with at most so many passages. */
    public PassageIndex open(EmbedderFingerprint fingerprint, int exactPassages) {
        return new LuceneIndexStore(root.resolve("index"), new IndexSearchProperties(exactPassages), Clock.systemUTC())
                .open(fingerprint);
    }

    /** Opens a copy of the files as they are now, which is what a killed process leaves. */
    public PassageIndex openAfterKill(EmbedderFingerprint fingerprint) throws IOException {
        Path left = root.resolve("index").resolve(fingerprint.id());
        Path copy = Files.createTempDirectory(root, "killed");
        Path target = Files.createDirectories(copy.resolve("index").resolve(fingerprint.id()));
        while (!copied(left, target)) {
            empty(target);
        }
        return new LuceneIndexFixtures(copy).open(fingerprint);
    }

    /** False when a merge ended and deleted its files meanwhile: a copy of half of before and half of after is what no kill leaves. */
    private static boolean copied(Path left, Path target) throws IOException {
        for (Path file : files(left)) {
            try {
                Files.copy(file, target.resolve(file.getFileName()));
            } catch (NoSuchFileException merged) {
                return false;
            }
        }
        return true;
    }

    private static void empty(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
