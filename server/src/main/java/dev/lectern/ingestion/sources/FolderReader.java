package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.FolderOperation.Progress;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the file system says of one folder or one link. Never opens a file. */
final class FolderReader {
    private static final int MAX_LINKS = 64;

    private FolderReader() {}

    /** @param failure what broke off the reading, after which there may be more; null when these are all */
    record Names(List<Path> files, @Nullable IOException failure) {}

    /** Where a link leads. */
    sealed interface Target {
        /** @param file the real path of something that exists */
        record Found(Path file, BasicFileAttributes attributes) implements Target {}

        /** @param path which the link names; links in it are not resolved */
        record Missing(Path path) implements Target {}

        /** The link leads to itself, perhaps through others. */
        record Loop() implements Target {}

        /**
         * It is not known what is there, for example because a folder on the way is closed.
         *
         * @param path as of {@link Missing}
         */
        record Unknown(Path path, IOException failure) implements Target {}
    }

    /** @throws IOException when the folder cannot be listed at all */
    static Names list(Path folder, Progress progress) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path file : stream) {
                progress.step(folder);
                files.add(file);
            }
        } catch (DirectoryIteratorException e) {
            return new Names(files, e.getCause());
        }
        return new Names(files, null);
    }

    /** Of a link itself, not of its target. */
    static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** @throws IOException when the link itself cannot be read */
    static Target resolve(Path link, Progress progress) throws IOException {
        try {
            Path real = link.toRealPath();
            progress.step(real);
            return new Target.Found(real, attributes(real));
        } catch (IOException e) {
            if (isLoop(link, progress)) {
                return new Target.Loop();
            }
            Path target = target(link);
            return e instanceof NoSuchFileException || isBelowFile(target, progress)
                    ? new Target.Missing(target)
                    : new Target.Unknown(target, e);
        }
    }

    /** The system's error for a loop has no type of its own in Java. */
    private static boolean isLoop(Path link, Progress progress) throws IOException {
        Set<Path> passed = new HashSet<>();
        Path path = link;
        while (Files.isSymbolicLink(path)) {
            if (!passed.add(path) || passed.size() > MAX_LINKS) {
                return true;
            }
            path = target(path);
            progress.step(path);
        }
        // What is named lies behind another link, perhaps.
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (passed.add(above) && Files.isSymbolicLink(above)) {
                return isLoop(above, progress);
            }
        }
        return false;
    }

    /** Whether the path treats a file as a folder, which is another error of the system without a type of its own. */
    private static boolean isBelowFile(Path path, Progress progress) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            progress.step(above);
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    private static Path target(Path link) throws IOException {
        return link.resolveSibling(Files.readSymbolicLink(link)).normalize();
    }
}
