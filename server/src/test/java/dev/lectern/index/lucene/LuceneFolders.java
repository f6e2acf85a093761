package dev.lectern.index.lucene;

import dev.lectern.index.PassageIndex;
import dev.lectern.shared.EmbedderFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;

/** Embedded indexes below a folder, for tests. */
public final class LuceneFolders {
    private final Path root;

    public LuceneFolders(Path root) {
        this.root = root;
    }

    public PassageIndex open(EmbedderFingerprint fingerprint) {
        return new LuceneStore(root.resolve("index"), Clock.systemUTC()).open(fingerprint);
    }

    /** Opens a copy of the files as they are now, which is what a killed process leaves. */
    public PassageIndex openAfterKill(EmbedderFingerprint fingerprint) throws IOException {
        Path left = root.resolve("index").resolve(fingerprint.id());
        Path copy = Files.createTempDirectory(root, "killed");
        Path target = Files.createDirectories(copy.resolve("index").resolve(fingerprint.id()));
        try (Stream<Path> files = Files.list(left)) {
            for (Path file : files.toList()) {
                copy(file, target.resolve(file.getFileName()));
            }
        }
        return new LuceneFolders(copy).open(fingerprint);
    }

    /** A merge may end and delete its files meanwhile. */
    private static void copy(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target);
        } catch (NoSuchFileException merged) {
            Files.deleteIfExists(target);
        }
    }
}
