package dev.lectern.ingestion;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at everything below a folder. Links to files are followed when they stay within it; links out of it and links to folders are left out. */
final class FolderWalk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Path realRoot;
    private final IgnoreRules rules;
    private final Path leftOut;
    private final int most;
    private final List<Found> found = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();

    /**
     * @param path from the root, with {@code /} between folders
     * @param modifiedAt epoch milliseconds
     */
    record Found(String path, Path file, long bytes, long modifiedAt) {}

    /**
     * @param unreadable files and folders that are there and cannot be looked at, by path; nothing is known about what is below such a folder
     */
    record Result(List<Found> found, Set<String> unreadable) {
        boolean hidesFrom(String path) {
            if (unreadable.contains(path)) {
                return true;
            }
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (unreadable.contains(path.substring(0, slash))) {
                    return true;
                }
            }
            return false;
        }
    }

    private FolderWalk(Path root, IgnoreRules rules, Path leftOut, int most) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
        this.rules = rules;
        this.leftOut = leftOut;
        this.most = most;
    }

    /**
     * @param ignore patterns beside those of the folder's own file
     * @param leftOut a folder that is skipped wherever it is
     * @param most files; more is TOO_LARGE
     * @throws IOException when the folder itself cannot be read
     */
    static Result walk(Path folder, List<String> ignore, Path leftOut, int most) throws IOException {
        FolderWalk walk = new FolderWalk(folder, IgnoreRules.of(ignore, folder), leftOut, most);
        Files.walkFileTree(folder, walk);
        // Which of several equal files is a document's first location must not depend on the file system.
        walk.found.sort(Comparator.comparing(Found::path));
        return new Result(walk.found, walk.unreadable);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean skip = !folder.equals(root) && (rules.ignored(path(folder), true) || folder.equals(leftOut));
        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String path = path(file);
        if (rules.ignored(path, false)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink()) {
            follow(file, path);
        } else if (attributes.isRegularFile()) {
            add(path, file, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    private void follow(Path link, String path) {
        try {
            if (link.toRealPath().startsWith(realRoot) && Files.isRegularFile(link)) {
                add(path, link, Files.readAttributes(link, BasicFileAttributes.class));
            }
        } catch (IOException leadsNowhere) {
            if (pointsInside(link)) {
                unreadable.add(path);
            }
        }
    }

    /** Where the link says it leads, there or not. */
    private boolean pointsInside(Path link) {
        try {
            Path target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
            return target.startsWith(root) || target.startsWith(realRoot);
        } catch (IOException unknown) {
            return true;
        }
    }

    private void add(String path, Path file, BasicFileAttributes attributes) {
        if (found.size() >= most) {
            throw new LecternException(
                    ErrorCode.TOO_LARGE,
                    "The folder has more than " + most
                            + " files. Leave some out with a .lecternignore file, or raise LECTERN_INGESTION_MAX_FOLDER_FILES.");
        }
        found.add(new Found(
                path, file, attributes.size(), attributes.lastModifiedTime().toMillis()));
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (file.equals(root)) {
            throw failure;
        }
        String path = path(file);
        if (!rules.ignored(path, false) && !rules.ignored(path, true)) {
            unreadable.add(path);
        }
        return FileVisitResult.CONTINUE;
    }

    /** A folder whose reading broke off: what it holds is not known. */
    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            if (folder.equals(root)) {
                throw failure;
            }
            unreadable.add(path(folder));
        }
        return FileVisitResult.CONTINUE;
    }

    private String path(Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }
}
