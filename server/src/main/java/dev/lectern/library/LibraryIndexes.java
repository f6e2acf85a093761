package dev.lectern.library;

import dev.lectern.index.PassageIndex;
import dev.lectern.shared.EmbedderFingerprint;

/** Where the library finds the index of a fingerprint, so that a test can give it one that fails when it is told to. */
public interface LibraryIndexes {

    /** The same object for the same fingerprint; not closed by who asks for it. */
    PassageIndex open(EmbedderFingerprint fingerprint);

    /** Lets go of the index of a fingerprint, which nobody uses any more, without deleting it. Closing what is not open does nothing. */
    void close(EmbedderFingerprint fingerprint);

    /** Deletes the index of a fingerprint with everything in it. Deleting what is not there does nothing. */
    void discard(EmbedderFingerprint fingerprint);
}
