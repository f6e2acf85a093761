package dev.lectern.index;

import dev.lectern.shared.EmbedderFingerprint;

/** The indexes of this program, one for each fingerprint. Thread-safe. */
public interface PassageIndexes {

    /**
     * The index of a fingerprint, made when there is none yet. The same object for the same fingerprint; it is closed with the program, not by
     * who asked for it.
     *
     * @throws dev.lectern.shared.LecternException INDEX_UNAVAILABLE when it cannot be opened
     */
    PassageIndex open(EmbedderFingerprint fingerprint);
}
