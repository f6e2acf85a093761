package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code ab/cdef…} below a root; half-written files live in {@code incoming}, outside of the pattern. */
public final class DirectoryOriginals implements OriginalStore {
    private static final int BUFFER = 128 * 1024;
    private static final String INCOMING = "incoming";

    private final Path root;
    private final Map<String, Integer> held = new HashMap<>();
    private final Set<Path> alive = ConcurrentHashMap.newKeySet();

    public DirectoryOriginals(Path root) {
        this.root = root;
    }

    @Override
    public Stored store(InputStream in, long maxBytes) throws IOException {
        Path temporary = temporary();
        try {
            Stored stored = write(in, temporary, maxBytes);
            keep(stored.hash(), temporary);
            return stored;
        } finally {
            alive.remove(temporary);
            Files.deleteIfExists(temporary);
        }
    }

    /** Made and known to be alive in one step, so that no sweep comes between. */
    private synchronized Path temporary() {
        try {
            Path temporary = Files.createTempFile(Files.createDirectories(root.resolve(INCOMING)), "", ".part");
            alive.add(temporary);
            return temporary;
        } catch (IOException e) {
            throw full(e);
        }
    }

    private Stored write(InputStream in, Path to, long maxBytes) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw new LecternException(
                            ErrorCode.TOO_LARGE,
                            "The file has more than the " + maxBytes
                                    + " bytes that are allowed. Split it, or raise LECTERN_INGESTION_MAX_FILE.");
                }
                digest.update(buffer, 0, read);
                writeFully(out, ByteBuffer.wrap(buffer, 0, read));
            }
            out.force(true);
        }
        return new Stored(HexFormat.of().formatHex(digest.digest()), bytes);
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw full(e);
        }
    }

    /** Held before it is visible, so that no deletion of equal bytes takes it away again. */
    private synchronized void keep(String hash, Path temporary) {
        held.merge(hash, 1, Integer::sum);
        Path target = file(hash);
        if (Files.exists(target)) {
            return;
        }
        try {
            Path folder = Files.createDirectories(target.getParent());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
        } catch (IOException e) {
            release(hash);
            throw full(e);
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
    public synchronized void release(String hash) {
        held.computeIfPresent(hash, (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public Path file(String hash) {
        return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    }

    @Override
    public synchronized void delete(String hash, BooleanSupplier unwanted) {
        if (held.containsKey(hash) || !unwanted.getAsBoolean()) {
            return;
        }
        try {
            Files.deleteIfExists(file(hash));
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "An original cannot be deleted. Check the permissions of the data folder.",
                    e);
        }
    }

    @Override
    public void forEach(Consumer<String> action) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root, 2)) {
            files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
                    .filter(name -> name.indexOf('/') == 2)
                    .map(name -> name.substring(0, 2) + name.substring(3))
                    .forEach(action);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void sweep() {
        try (Stream<Path> files = Files.list(root.resolve(INCOMING))) {
            for (Path file : files.toList()) {
                if (!alive.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException nothingEverCame) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LecternException full(IOException e) {
        return new LecternException(
                ErrorCode.STORAGE_FULL,
                "The data folder cannot be written. Make room on its disk, or check its permissions.",
                e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
