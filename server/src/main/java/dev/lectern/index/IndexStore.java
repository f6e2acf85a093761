package dev.lectern.index;

import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import java.util.Set;

/** Stores passage indexes in a folder or on a server, one for each fingerprint. Constructing a store does no I/O. Thread-safe. */
public interface IndexStore extends AutoCloseable {

    /**
     * Opens the index of a fingerprint; creates an empty one if it does not exist. Each call returns a new object, which the caller closes before this store.
     *
     * @throws DamagedIndexException when the existing index is damaged; call {@link #discard} before opening it again
     * @throws LecternException {@code INDEX_UNAVAILABLE} with instructions
     */
    PassageIndex open(EmbedderFingerprint fingerprint);

    /** The ids of all fingerprints that this library has an index for. */
    Set<String> fingerprintIds();

    /** Deletes the index of a fingerprint, which must be closed. Does nothing when the index does not exist or belongs to another library. */
    void discard(EmbedderFingerprint fingerprint);

    /**
     * Verifies cheaply that indexes can be opened.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE} with instructions
     */
    void check();

    @Override
    void close();
}
