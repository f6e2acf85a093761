package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.OwnerOnlyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Originals as files {@code ab/cdef…} below a root folder. Temporary files are in {@code incoming}, which does not match the pattern. */
final class DirectoryOriginalStore implements OriginalStore {
    /** Age after which no other process writes a temporary file any more. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    /** Number of characters of a hash that name the folder. */
    private static final int FOLDER_NAME_LENGTH = 2;

    private final Path root;
    private final boolean shared;
    private final OriginalReservations reservations;
    private final TemporaryFiles temporaryFiles;

    /**
     * @param reservations of this process, or of all processes that share the directory
     * @param shared whether other processes write here
     */
    DirectoryOriginalStore(Path root, OriginalReservations reservations, boolean shared, InstantSource clock) {
        this.root = root;
        this.reservations = reservations;
        this.shared = shared;
        this.temporaryFiles =
                new TemporaryFiles(root.resolve("incoming"), shared ? ABANDONED_AFTER : Duration.ZERO, clock);
    }

    @Override
    public Stored store(InputStream in, long maxBytes) throws IOException {
        try (TemporaryFiles.TemporaryFile file = temporaryFiles.create()) {
            Stored stored = file.write(in, maxBytes);
            reservations.reserve(stored.hash());
            moveIntoPlace(stored.hash(), file.file());
            return stored;
        }
    }

    private synchronized void moveIntoPlace(String hash, Path temporary) {
        Path target = file(hash);
        if (Files.exists(target)) {
            return;
        }
        try {
            Path folder = Files.createDirectories(target.getParent());
            if (shared) {
                // The operator decides with the permissions of the directory who else may read it.
                OwnerOnlyFiles.shareLike(root, folder);
                OwnerOnlyFiles.shareLike(root, temporary);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
        } catch (IOException e) {
            reservations.release(hash);
            throw TemporaryFiles.notWritable(e);
        }
    }

    /** Makes the new name durable, if the platform allows to open a folder. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (FileSystemException notPossibleHere) {
            return;
        }
    }

    @Override
    public void release(String hash) {
        reservations.release(hash);
    }

    @Override
    public boolean isReserved(String hash) {
        return reservations.isReserved(hash);
    }

    @Override
    public Path file(String hash) {
        return root.resolve(hash.substring(0, FOLDER_NAME_LENGTH)).resolve(hash.substring(FOLDER_NAME_LENGTH));
    }

    @Override
    public synchronized boolean delete(String hash, BooleanSupplier unwanted) {
        if (reservations.isReserved(hash)) {
            return false;
        }
        if (!unwanted.getAsBoolean()) {
            return true;
        }
        try {
            Files.deleteIfExists(file(hash));
            return true;
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "An original cannot be deleted. Check the permissions of the folder of the originals.",
                    e);
        }
    }

    @Override
    public void forEach(Consumer<String> action) {
        for (String folder : listNames(root)) {
            if (folder.length() == FOLDER_NAME_LENGTH) {
                listNames(root.resolve(folder)).forEach(rest -> action.accept(folder + rest));
            }
        }
    }

    /** The names in a folder; none if it is missing or no folder, since files come and go meanwhile. */
    private static List<String> listNames(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public void check() {
        if (Files.exists(root) && !Files.isWritable(root)) {
            throw new LecternException(
                    ErrorCode.ORIGINALS_UNAVAILABLE,
                    "The folder of the originals is not writable: " + root
                            + ". Check that it is mounted, and its permissions.");
        }
    }

    @Override
    public void deleteTemporaryFiles() {
        temporaryFiles.deleteAbandoned();
        reservations.deleteOfDeadNodes();
    }
}
