package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Originals in an S3 bucket, with a cache of files on the node. */
final class S3OriginalStore implements OriginalStore, AutoCloseable {
    private final S3Bucket bucket;
    private final OriginalReservations reservations;
    private final TemporaryFiles temporaryFiles;
    private final OriginalFileCache cache;

    /**
     * @param folder for the cache, used by this process alone
     * @param cacheBytes maximum size of the cache, without files that are being written
     */
    S3OriginalStore(
            S3Bucket bucket, Path folder, OriginalReservations reservations, long cacheBytes, InstantSource clock) {
        this.bucket = bucket;
        this.reservations = reservations;
        this.temporaryFiles = new TemporaryFiles(folder.resolve("incoming"), Duration.ZERO, clock);
        this.cache = new OriginalFileCache(folder.resolve("copies"), cacheBytes);
    }

    @Override
    public Stored store(InputStream in, long maxBytes) throws IOException {
        try (TemporaryFiles.TemporaryFile file = temporaryFiles.create()) {
            Stored stored = file.write(in, maxBytes);
            reservations.reserve(stored.hash());
            try {
                if (!bucket.has(stored.hash())) {
                    bucket.put(stored.hash(), file.file());
                }
            } catch (RuntimeException e) {
                reservations.release(stored.hash());
                throw e;
            }
            cache.add(stored.hash(), file.file(), stored.bytes());
            return stored;
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
        if (!cache.touch(hash)) {
            download(hash);
        }
        return cache.file(hash);
    }

    private void download(String hash) {
        try (TemporaryFiles.TemporaryFile file = temporaryFiles.create();
                InputStream in = bucket.get(hash)) {
            if (in == null) {
                return;
            }
            Stored stored = file.write(in, Long.MAX_VALUE);
            if (!stored.hash().equals(hash)) {
                throw new LecternException(
                        ErrorCode.ORIGINALS_UNAVAILABLE,
                        "The storage returned other bytes than were stored for an original. Upload the document again.");
            }
            cache.add(hash, file.file(), stored.bytes());
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.ORIGINALS_UNAVAILABLE,
                    "The storage of the originals closed the connection during a download. Try again.",
                    e);
        }
    }

    @Override
    public boolean delete(String hash, BooleanSupplier unwanted) {
        if (reservations.isReserved(hash)) {
            return false;
        }
        if (unwanted.getAsBoolean()) {
            bucket.delete(hash);
            cache.remove(hash);
        }
        return true;
    }

    @Override
    public void forEach(Consumer<String> action) {
        bucket.forEach(action);
    }

    @Override
    public void deleteTemporaryFiles() {
        temporaryFiles.deleteAbandoned();
        reservations.deleteOfDeadNodes();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void check() {
        bucket.check();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
