package dev.lectern.index;

import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import java.util.Set;

/** Where indexes are kept, one for each fingerprint: a folder, or a server. Making one does no I/O. Thread-safe. */
public interface IndexStore extends AutoCloseable {

    /**
     * The index of a fingerprint, made empty where there is none. A new object each time, to be closed before this store.
     *
     * @throws DamagedIndexException when what is there is of no use any more; {@link #discard} makes room
     * @throws LecternException {@code INDEX_UNAVAILABLE}, with what to do
     */
    PassageIndex open(EmbedderFingerprint fingerprint);

    /** The ids of the fingerprints that this library has indexes of. */
    Set<String> fingerprintIds();

    /** Deletes the index of a fingerprint, which must be closed, with everything in it. Deleting what is not there, or is another library's, does nothing. */
    void discard(EmbedderFingerprint fingerprint);

    /**
     * Cheap: whether indexes can be opened now.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE}, with what to do
     */
    void check();

    @Override
    void close();
}
