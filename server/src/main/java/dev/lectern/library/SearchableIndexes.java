package dev.lectern.library;

import dev.lectern.index.PassageIndex;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.function.Function;

/** Searches the indexes of embedders, but only complete ones: an index that lacks passages of the library would miss what the documents say. Thread-safe. */
public interface SearchableIndexes {

    /**
     * Searches the index of the active embedder.
     *
     * @param search may be called twice
     * @throws dev.lectern.shared.LecternException INDEX_UNAVAILABLE while the index is being rebuilt, with the estimated time until it is complete; whatever
     *     {@code search} throws
     */
    <T> T search(EmbedderFingerprint fingerprint, Function<PassageIndex, T> search);
}
