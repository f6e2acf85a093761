package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceConnector.Item;
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

/** Lists the files below a folder. Links to files are followed when they stay within it; links out of it and links to folders are left out. */
final class FolderWalker extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Path realRoot;
    private final IgnoreRules rules;
    private final Path excluded;
    private final int maxFiles;
    private final List<Item> items = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();

    /**
     * What was found.
     *
     * @param unreadable files and folders that exist and cannot be read, by path
     */
    record Result(List<Item> items, Set<String> unreadable) {}

    private FolderWalker(Path root, IgnoreRules rules, Path excluded, int maxFiles) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
        this.rules = rules;
        this.excluded = excluded;
        this.maxFiles = maxFiles;
    }

    /**
     * @param ignore patterns beside those of the folder's own file
     * @param excluded a folder that is skipped wherever it is
     * @param maxFiles more are TOO_LARGE
     * @throws IOException when the folder itself cannot be read
     */
    static Result walk(Path folder, List<String> ignore, Path excluded, int maxFiles) throws IOException {
        FolderWalker walk = new FolderWalker(folder, IgnoreRules.of(ignore, folder), excluded, maxFiles);
        Files.walkFileTree(folder, walk);
        // Which of several equal files is a document's first location must not depend on the file system.
        walk.items.sort(Comparator.comparing(Item::path));
        return new Result(walk.items, walk.unreadable);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean skip = !folder.equals(root) && (rules.isIgnored(path(folder), true) || folder.equals(excluded));
        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String path = path(file);
        if (rules.isIgnored(path, false)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink()) {
            follow(file, path);
        } else if (attributes.isRegularFile()) {
            add(path, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    private void follow(Path link, String path) {
        try {
            if (link.toRealPath().startsWith(realRoot) && Files.isRegularFile(link)) {
                add(path, Files.readAttributes(link, BasicFileAttributes.class));
            }
        } catch (IOException leadsNowhere) {
            if (pointsInside(link)) {
                unreadable.add(path);
            }
        }
    }

    /** Whether the link names a place within the folder, even if nothing is there. */
    private boolean pointsInside(Path link) {
        try {
            Path target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
            return target.startsWith(root) || target.startsWith(realRoot);
        } catch (IOException unknown) {
            return true;
        }
    }

    private void add(String path, BasicFileAttributes attributes) {
        if (items.size() >= maxFiles) {
            throw LecternException.forOperator(
                    ErrorCode.TOO_LARGE,
                    "The folder has more than " + maxFiles + " files.",
                    "Leave some out with a .lecternignore file, or raise LECTERN_INGESTION_MAX_FOLDER_FILES.",
                    null);
        }
        items.add(
                new Item(path, attributes.size(), attributes.lastModifiedTime().toMillis(), 0, null));
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (file.equals(root)) {
            throw failure;
        }
        String path = path(file);
        if (!rules.isIgnored(path, false) && !rules.isIgnored(path, true)) {
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
