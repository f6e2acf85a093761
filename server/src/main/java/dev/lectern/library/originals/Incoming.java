package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore.Stored;
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

/** Half-written files of one folder. Thread-safe. */
public final class Incoming {
    private static final int BUFFER = 128 * 1024;

    private final Path folder;
    private final Duration others;
    private final InstantSource clock;
    private final Set<Path> alive = ConcurrentHashMap.newKeySet();

    /** @param others age from which a file is one that a killed process left; zero where no other process writes here */
    public Incoming(Path folder, Duration others, InstantSource clock) {
        this.folder = folder;
        this.others = others;
        this.clock = clock;
    }

    /** A file that is known to be alive until it is closed, and gone then unless it was moved. */
    public final class Part implements AutoCloseable {
        private final Path file;

        private Part(Path file) {
            this.file = file;
        }

        public Path file() {
            return file;
        }

        /**
         * Writes everything down, durably.
         *
         * @throws LecternException TOO_LARGE, STORAGE_FULL
         * @throws IOException when {@code in} cannot be read
         */
        public Stored fill(InputStream in, long maxBytes) throws IOException {
            return write(in, file, maxBytes);
        }

        @Override
        public void close() throws IOException {
            alive.remove(file);
            Files.deleteIfExists(file);
        }
    }

    /** Made and known to be alive in one step, so that no sweep comes between. */
    public synchronized Part begin() {
        try {
            Path file = Files.createTempFile(Files.createDirectories(folder), "", ".part");
            alive.add(file);
            return new Part(file);
        } catch (IOException e) {
            throw full(e);
        }
    }

    /** Deletes what killed processes left half-written. */
    public synchronized void sweep() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!alive.contains(file) && isLeft(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException nothingEverCame) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isLeft(Path file) throws IOException {
        return others.isZero()
                || Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(clock.instant().minus(others));
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
                            "The file has more than the " + maxBytes
                                    + " bytes that are allowed. Split it, or raise LECTERN_INGESTION_MAX_FILE.");
                }
                hash.update(buffer, 0, read);
                writeFully(out, ByteBuffer.wrap(buffer, 0, read));
            }
            out.force(true);
        }
        return new Stored(hash.hex(), bytes);
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

    public static LecternException full(IOException e) {
        return new LecternException(
                ErrorCode.STORAGE_FULL,
                "The folder of the originals cannot be written. Make room on its disk, or check its permissions.",
                e);
    }
}
