package dev.lectern.library.originals.s3;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.originals.Holds;
import dev.lectern.library.originals.Incoming;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Originals in a bucket, with copies in a folder of the node. */
public final class BucketOriginals implements OriginalStore, AutoCloseable {
    private final Bucket bucket;
    private final Holds holds;
    private final Incoming incoming;
    private final Copies copies;

    /**
     * @param folder for copies, of this process alone
     * @param cacheBytes of copies at most, not counting those that are being written
     */
    public BucketOriginals(Bucket bucket, Path folder, Holds holds, long cacheBytes, InstantSource clock) {
        this.bucket = bucket;
        this.holds = holds;
        this.incoming = new Incoming(folder.resolve("incoming"), Duration.ZERO, clock);
        this.copies = new Copies(folder.resolve("copies"), cacheBytes);
    }

    @Override
    public Stored store(InputStream in, long maxBytes) throws IOException {
        try (Incoming.Part part = incoming.begin()) {
            Stored stored = part.fill(in, maxBytes);
            holds.take(stored.hash());
            try {
                if (!bucket.has(stored.hash())) {
                    bucket.put(stored.hash(), part.file());
                }
            } catch (RuntimeException e) {
                holds.release(stored.hash());
                throw e;
            }
            copies.add(stored.hash(), part.file(), stored.bytes());
            return stored;
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
        if (!copies.use(hash)) {
            fetch(hash);
        }
        return copies.file(hash);
    }

    private void fetch(String hash) {
        try (Incoming.Part part = incoming.begin();
                InputStream in = bucket.get(hash)) {
            if (in == null) {
                return;
            }
            Stored stored = part.fill(in, Long.MAX_VALUE);
            if (!stored.hash().equals(hash)) {
                throw new LecternException(
                        ErrorCode.ORIGINALS_UNAVAILABLE,
                        "An original in the storage is not what was stored there. Hand the document in again.");
            }
            copies.add(hash, part.file(), stored.bytes());
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.ORIGINALS_UNAVAILABLE,
                    "The storage of the originals stopped in the middle of one. Try again.",
                    e);
        }
    }

    @Override
    public boolean delete(String hash, BooleanSupplier unwanted) {
        if (holds.isHeld(hash)) {
            return false;
        }
        if (unwanted.getAsBoolean()) {
            bucket.delete(hash);
            copies.remove(hash);
        }
        return true;
    }

    @Override
    public void forEach(Consumer<String> action) {
        bucket.forEach(action);
    }

    @Override
    public void sweep() {
        incoming.sweep();
        holds.forgetDead();
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
