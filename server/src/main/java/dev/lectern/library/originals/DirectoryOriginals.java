package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
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

/** {@code ab/cdef…} below a root; half-written files live in {@code incoming}, outside of the pattern. */
public final class DirectoryOriginals implements OriginalStore {
    /** Age from which a half-written file is not one that another process is writing. */
    private static final Duration LEFT_AFTER = Duration.ofDays(1);

    /** Characters of a hash that name the folder. */
    private static final int FOLDER_NAME = 2;

    private final Path root;
    private final boolean shared;
    private final Holds holds;
    private final Incoming incoming;

    /**
     * @param holds of this process, or of all that share the directory
     * @param shared whether other processes write here
     */
    public DirectoryOriginals(Path root, Holds holds, boolean shared, InstantSource clock) {
        this.root = root;
        this.holds = holds;
        this.shared = shared;
        this.incoming = new Incoming(root.resolve("incoming"), shared ? LEFT_AFTER : Duration.ZERO, clock);
    }

    @Override
    public Stored store(InputStream in, long maxBytes) throws IOException {
        try (Incoming.Part part = incoming.begin()) {
            Stored stored = part.fill(in, maxBytes);
            holds.take(stored.hash());
            keep(stored.hash(), part.file());
            return stored;
        }
    }

    private synchronized void keep(String hash, Path temporary) {
        Path target = file(hash);
        if (Files.exists(target)) {
            return;
        }
        try {
            Path folder = Files.createDirectories(target.getParent());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
        } catch (IOException e) {
            holds.release(hash);
            throw Incoming.full(e);
        }
    }

    /** Makes the new name durable, where the platform lets a folder be opened. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (FileSystemException notPossibleHere) {
            return;
        }
    }

    @Override
    public void release(String hash) {
        holds.release(hash);
    }

    @Override
    public boolean isHeld(String hash) {
        return holds.isHeld(hash);
    }

    @Override
    public Path file(String hash) {
        return root.resolve(hash.substring(0, FOLDER_NAME)).resolve(hash.substring(FOLDER_NAME));
    }

    @Override
    public synchronized boolean delete(String hash, BooleanSupplier unwanted) {
        if (holds.isHeld(hash)) {
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
                    "An original cannot be deleted. Check the permissions of the folder that they are in.",
                    e);
        }
    }

    @Override
    public void forEach(Consumer<String> action) {
        for (String folder : names(root)) {
            if (folder.length() == FOLDER_NAME) {
                names(root.resolve(folder)).forEach(rest -> action.accept(folder + rest));
            }
        }
    }

    /** Of what is in a folder. None when it is gone or no folder: files come and go while others are looked at. */
    private static List<String> names(Path folder) {
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
                    "The folder of the originals, " + root
                            + ", cannot be written. Check that it is mounted, and its permissions.");
        }
    }

    @Override
    public void sweep() {
        incoming.sweep();
        holds.forgetDead();
    }
}
