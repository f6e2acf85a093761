package dev.lectern.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Stores the original bytes of documents by their hash, each once. Thread-safe. */
public interface OriginalStore {

    /**
     * Stores and reserves bytes; durable when it returns. Reserved bytes are not deleted until {@link #release} was called as often as this method for the same
     * bytes.
     *
     * @param maxBytes maximum size; larger input fails with TOO_LARGE
     * @throws IOException when {@code in} cannot be read
     * @throws dev.lectern.shared.LecternException STORAGE_FULL, TOO_LARGE, ORIGINALS_UNAVAILABLE
     */
    Stored store(InputStream in, long maxBytes) throws IOException;

    /** Ends a reservation: the bytes have a document now, or will not get one. */
    void release(String hash);

    /** Whether the bytes are stored and not released yet, on any node. */
    boolean isReserved(String hash);

    /**
     * The file with the bytes of a hash. It does not exist if the bytes are not stored. With remote storage it is a cached copy, which is evicted after many
     * others were used.
     *
     * @throws dev.lectern.shared.LecternException ORIGINALS_UNAVAILABLE when the storage does not respond
     */
    Path file(String hash);

    /** Whether other libraries may use the same storage, so that bytes without a reference here may be theirs. */
    boolean isShared();

    /**
     * Cheap check that the storage can be used.
     *
     * @throws dev.lectern.shared.LecternException ORIGINALS_UNAVAILABLE, with a sentence that says what to do
     */
    void check();

    /**
     * Deletes bytes that are unwanted. Missing bytes are no error.
     *
     * @param unwanted called while nobody can store the same bytes
     * @return false when the bytes are reserved and so were not deleted
     */
    boolean delete(String hash, BooleanSupplier unwanted);

    /** Passes every stored hash to {@code action}. */
    void forEach(Consumer<String> action);

    /** Deletes temporary files that killed processes left, but none that is being written. */
    void deleteTemporaryFiles();

    /** @param hash SHA-256 in hexadecimal */
    record Stored(String hash, long bytes) {}
}
