package dev.lectern.storage;

import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of all local state, locked for this process until it is closed. The lock is one of the operating system, so it ends with the process in any case.
 */
public final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens the folder; creates it when it is missing. Afterwards only its owner can use what is in it, and new files of this process are for their owner
     * alone.
     *
     * @throws LecternException {@code CONFLICT} when another process has it open
     */
    public static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            ProcessUmask.restrict();
            OwnerOnlyFiles.createFolder(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new LecternException(
                        ErrorCode.CONFLICT,
                        "Another Lectern process uses the data folder " + root
                                + ". Stop it, or set another folder with LECTERN_DATA.");
            }
            OwnerOnlyFiles.restrict(root);
            return new DataFolder(root, channel, lock);
        } catch (IOException e) {
            if (DiskFull.isCauseOf(e)) {
                throw DiskFull.exception("the disk of the data folder", e);
            }
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The data folder " + root
                            + " is not writable. Grant this user write permission, or set another folder with"
                            + " LECTERN_DATA.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    public Path root() {
        return root;
    }

    /** A subfolder with the given name; created when it is missing. */
    public Path folder(String name) {
        Path folder = root.resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            if (DiskFull.isCauseOf(e)) {
                throw DiskFull.exception("the disk of the data folder", e);
            }
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The folder " + folder + " cannot be created. Check the permissions of the data folder.",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
