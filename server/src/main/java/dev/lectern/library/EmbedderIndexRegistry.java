package dev.lectern.library;

import dev.lectern.index.PassageIndex;
import dev.lectern.shared.EmbedderFingerprint;

/** Opens and deletes the indexes of embedders. Tests implement it with indexes that fail on purpose. */
public interface EmbedderIndexRegistry {

    /** Opens the index of an embedder. Returns the same object for the same fingerprint; callers do not close it. */
    PassageIndex open(EmbedderFingerprint fingerprint);

    /** Closes an index that is no longer used, without deleting it. Does nothing when it is not open. */
    void close(EmbedderFingerprint fingerprint);

    /** Deletes an index with its content. Does nothing when it does not exist. */
    void discard(EmbedderFingerprint fingerprint);
}
