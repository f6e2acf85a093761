package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.FolderWatchInstance.WatchedFolder;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One folder of a source, watched and listed. Watched first: what comes into the folder while it is listed is either listed or reported.
 *
 * @param watched the folder itself
 * @param folders the folders in it that are to be watched too, by path within the source
 * @param leftOut those that are not, because of a rule or because they are Lectern's own
 * @param network those that are not, because they do not report all of their changes
 * @param unanswered entries that are not known, because they do not answer
 * @param changedAt the latest change of the folder or of a file in it, as the file system itself keeps it; the beginning of time when nobody wants to know
 */
record FolderVisit(
        WatchedFolder watched,
        List<String> folders,
        List<String> leftOut,
        List<String> network,
        List<String> unanswered,
        Instant changedAt) {

    private static final boolean HAS_CHANGE_TIME =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    /** Registers a folder. */
    interface Registrar {
        WatchedFolder register(Path folder) throws IOException;
    }

    /**
     * Visits a folder, which blocks while its file system does not answer.
     *
     * @param path of the folder within the source
     * @param silent what does not answer and is not asked again
     * @param withChanges whether {@link #changedAt} is wanted
     * @throws java.nio.file.NoSuchFileException or {@link NotDirectoryException} when it is not there any more
     */
    static FolderVisit visit(
            Path root,
            String path,
            Registrar registrar,
            FolderWatchRules rules,
            FolderMounts mounts,
            Set<Path> silent,
            boolean withChanges,
            FolderOperation.Progress progress)
            throws IOException {
        Path folder = path.isEmpty() ? root : FolderPath.resolve(root, path);
        BasicFileAttributes attributes = path.isEmpty()
                ? Files.readAttributes(folder, BasicFileAttributes.class)
                : Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(folder.toString());
        }
        progress.step(folder);
        WatchedFolder watched = registrar.register(folder);
        rules.readFolder(path, folder);
        Children children = new Children(root, rules, mounts, silent, withChanges, progress);
        children.noteChange(folder, attributes);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path child : entries) {
                children.add(child);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new FolderVisit(
                watched, children.folders, children.leftOut, children.network, children.unanswered, children.changedAt);
    }

    private static final class Children {
        private final Path root;
        private final FolderWatchRules rules;
        private final FolderMounts mounts;
        private final Set<Path> silent;
        private final boolean withChanges;
        private final FolderOperation.Progress progress;
        private final List<String> folders = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();
        private final List<String> network = new ArrayList<>();
        private final List<String> unanswered = new ArrayList<>();
        private Instant changedAt = Instant.EPOCH;

        Children(
                Path root,
                FolderWatchRules rules,
                FolderMounts mounts,
                Set<Path> silent,
                boolean withChanges,
                FolderOperation.Progress progress) {
            this.root = root;
            this.rules = rules;
            this.mounts = mounts;
            this.silent = silent;
            this.withChanges = withChanges;
            this.progress = progress;
        }

        void add(Path child) {
            String path = FolderPath.relativize(root, child);
            // Before anything asks for it: a share that does not answer must not be touched.
            if (mounts.isNetwork(path)) {
                (rules.isIgnored(path, true) ? leftOut : network).add(path);
                return;
            }
            if (silent.contains(child)) {
                unanswered.add(path);
                return;
            }
            progress.step(child);
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException goneOrUnreadable) {
                return;
            }
            if (attributes.isDirectory()) {
                boolean out = rules.isIgnored(path, true) || rules.isOwn(child, attributes);
                (out ? leftOut : folders).add(path);
            } else if (IgnoreRules.isRuleFile(path)
                    || (!rules.isIgnored(path, false) && !rules.isOwn(child, attributes))) {
                noteChange(child, attributes);
            }
        }

        /** The time of modification can be set to any value; the one that is asked for cannot. */
        void noteChange(Path path, BasicFileAttributes attributes) {
            if (!withChanges) {
                return;
            }
            Instant changed = attributes.lastModifiedTime().toInstant();
            try {
                if (HAS_CHANGE_TIME
                        && Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS) instanceof FileTime time) {
                    changed = time.toInstant();
                }
            } catch (IOException goneOrUnreadable) {
                changed = Instant.MAX;
            }
            changedAt = changed.isAfter(changedAt) ? changed : changedAt;
        }
    }
}
