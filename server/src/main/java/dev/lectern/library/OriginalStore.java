package dev.lectern.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where the bytes of documents are kept, by their hash and once for each. Thread-safe. */
public interface OriginalStore {

    /**
     * Keeps bytes; durable when it returns. They stay, with or without a document, until {@link #release} is called as often as this was for the
     * same bytes.
     *
     * @param maxBytes more is TOO_LARGE
     * @throws IOException when {@code in} cannot be read
     * @throws dev.lectern.shared.LecternException STORAGE_FULL, TOO_LARGE
     */
    Stored store(InputStream in, long maxBytes) throws IOException;

    /** The bytes have a document now, or never will. */
    void release(String hash);

    /** Whether the bytes were stored and not released yet, by whomever. */
    boolean isHeld(String hash);

    /**
     * The file of a hash, which is only there while the bytes are kept. Where they are kept elsewhere, it is a copy that was fetched, which goes when many
     * others have been used since.
     *
     * @throws dev.lectern.shared.LecternException ORIGINALS_UNAVAILABLE when it cannot be known whether they are kept
     */
    Path file(String hash);

    /** Whether others may keep theirs in the same place, so that bytes which nobody here refers to may be theirs. */
    boolean isShared();

    /**
     * Cheap: whether it can be used.
     *
     * @throws dev.lectern.shared.LecternException ORIGINALS_UNAVAILABLE, with a sentence that says what to do
     */
    void check();

    /**
     * Deletes unwanted bytes; what is not there is no error.
     *
     * @param unwanted asked while nobody can store the same bytes
     * @return false when nothing was done because the bytes were stored and not released yet
     */
    boolean delete(String hash, BooleanSupplier unwanted);

    /** Shows the hash of everything that is kept. */
    void forEach(Consumer<String> action);

    /** Deletes what a killed process left half-written, and nothing that is being written now. */
    void sweep();

    /** @param hash SHA-256 in hexadecimal */
    record Stored(String hash, long bytes) {}
}
