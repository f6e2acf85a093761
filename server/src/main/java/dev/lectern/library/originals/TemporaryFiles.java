package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore.Stored;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Temporary files for incoming originals, in one folder. Thread-safe. */
final class TemporaryFiles {
    private static final int BUFFER = 128 * 1024;

    private final Path folder;
    private final Duration maxAge;
    private final InstantSource clock;
    private final Set<Path> open = ConcurrentHashMap.newKeySet();

    /** @param maxAge age after which a file of another process counts as abandoned; zero if no other process writes here */
    TemporaryFiles(Path folder, Duration maxAge, InstantSource clock) {
        this.folder = folder;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** A temporary file, which is deleted when it is closed unless it was moved. */
    final class TemporaryFile implements AutoCloseable {
        private final Path file;

        private TemporaryFile(Path file) {
            this.file = file;
        }

        Path file() {
            return file;
        }

        /**
         * Writes all bytes and forces them to the disk.
         *
         * @throws LecternException TOO_LARGE, STORAGE_FULL, ORIGINALS_UNAVAILABLE
         * @throws IOException when {@code in} cannot be read
         */
        Stored write(InputStream in, long maxBytes) throws IOException {
            return TemporaryFiles.write(in, file, maxBytes);
        }

        @Override
        public void close() throws IOException {
            open.remove(file);
            Files.deleteIfExists(file);
        }
    }

    /** Creates a file and marks it as open in one step, so that {@link #deleteAbandoned} never sees it in between. */
    synchronized TemporaryFile create() {
        try {
            Path file = Files.createTempFile(Files.createDirectories(folder), "", ".part");
            open.add(file);
            return new TemporaryFile(file);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** Deletes the files that killed processes left. */
    synchronized void deleteAbandoned() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!open.contains(file) && isAbandoned(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException neverCreated) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isAbandoned(Path file) throws IOException {
        return maxAge.isZero()
                || Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(clock.instant().minus(maxAge));
    }

    private static Stored write(InputStream in, Path to, long maxBytes) throws IOException {
        Sha256 hash = new Sha256();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw new LecternException(
                            ErrorCode.TOO_LARGE,
                            "The file exceeds the maximum size of " + maxBytes
                                    + " bytes. Split it, or ask the operator of this server for a higher limit.");
                }
                hash.update(buffer, 0, read);
                writeFully(out, ByteBuffer.wrap(buffer, 0, read));
            }
            force(out);
        }
        return new Stored(hash.hex(), bytes);
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** Some file systems find out only now that there is no space for what was written. */
    private static void force(FileChannel out) {
        try {
            out.force(true);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** STORAGE_FULL for lack of space, otherwise ORIGINALS_UNAVAILABLE. */
    static LecternException notWritable(IOException e) {
        return DiskFull.isCauseOf(e)
                ? DiskFull.exception("the disk of the originals", e)
                : new LecternException(
                        ErrorCode.ORIGINALS_UNAVAILABLE,
                        "The folder of the originals is not writable. Check that it is mounted, and its permissions.",
                        e);
    }
}
