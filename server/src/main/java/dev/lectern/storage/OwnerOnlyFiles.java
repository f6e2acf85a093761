package dev.lectern.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps files from other users of the machine: files are 0600 and folders 0700. Without effect on file systems that have no such permissions. */
public final class OwnerOnlyFiles {
    private static final Logger log = LoggerFactory.getLogger(OwnerOnlyFiles.class);
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private OwnerOnlyFiles() {}

    /** Whether the file system of an existing path has permissions for the owner, the group and others. */
    public static boolean isSupported(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    /** Whether nobody but the owner can use an existing path. Its file system {@link #isSupported has permissions}. */
    public static boolean isRestricted(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream().noneMatch(OTHERS::contains);
    }

    /** Creates a folder, and missing ones above it, for the owner alone. */
    static Path createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(folder);
    }

    /**
     * Takes the permissions of others from a folder of an earlier version, with all that is in it, once: the folder itself is the last, so that an
     * interrupted run is repeated. Files of another owner cannot be changed, which is logged.
     */
    static void restrict(Path root) throws IOException {
        if (!isSupported(root)) {
            log.info("The file system of {} has no permissions of users. Protect the folder by other means.", root);
            return;
        }
        if (isRestricted(root)) {
            return;
        }
        Restriction restriction = new Restriction();
        Files.walkFileTree(root, restriction);
        if (restriction.refused > 0) {
            log.warn(
                    "Other users of this machine may read {} files or folders in the data folder {}, since they belong"
                            + " to another owner. As that owner or root, run: chmod -R go-rwx {}",
                    restriction.refused,
                    root,
                    root);
        } else {
            log.info("The data folder {} could be read by other users of this machine. Now only its owner can.", root);
        }
    }

    /** Gives a new file or folder in a shared folder what the group and others may do with that folder. */
    public static void shareLike(Path shared, Path created) throws IOException {
        if (!isSupported(created)) {
            return;
        }
        boolean folder = Files.isDirectory(created);
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(created));
        for (PosixFilePermission permission : Files.getPosixFilePermissions(shared)) {
            if (OTHERS.contains(permission) && (folder || !permission.name().endsWith("EXECUTE"))) {
                permissions.add(permission);
            }
        }
        Files.setPosixFilePermissions(created, permissions);
    }

    private static final class Restriction extends SimpleFileVisitor<Path> {
        private int refused;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isSymbolicLink()) {
                restrictOne(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            refused++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            restrictOne(folder);
            return FileVisitResult.CONTINUE;
        }

        private void restrictOne(Path path) {
            try {
                Set<PosixFilePermission> permissions =
                        EnumSet.copyOf(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
                if (permissions.removeAll(OTHERS)) {
                    Files.setPosixFilePermissions(path, permissions);
                }
            } catch (IOException notOwned) {
                log.debug("The permissions of {} cannot be changed", path, notOwned);
                refused++;
            }
        }
    }
}
