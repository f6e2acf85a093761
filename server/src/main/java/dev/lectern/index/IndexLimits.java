package dev.lectern.index;

import dev.lectern.shared.EmbedderFingerprint;
import java.util.Collection;

/** The argument limits of {@link PassageIndex}, the same for every adapter. A violation is a programming error in the caller. */
public final class IndexLimits {
    /** Maximum number of passages of one call. */
    public static final int MAX_PASSAGES = 10_000;

    /** Maximum number of hits of one search. */
    public static final int MAX_LIMIT = 1_000;

    private IndexLimits() {}

    /** @throws IllegalArgumentException when there are too many, or an embedding has other dimensions than the fingerprint */
    public static void requireBatch(Collection<IndexedPassage> passages, EmbedderFingerprint fingerprint) {
        require(
                passages.size() <= MAX_PASSAGES,
                "One call can add at most " + MAX_PASSAGES + " passages, not " + passages.size());
        passages.forEach(passage -> requireDimensions(passage.embedding(), fingerprint));
    }

    /** @throws IllegalArgumentException when it has other dimensions than the fingerprint */
    public static void requireDimensions(float[] embedding, EmbedderFingerprint fingerprint) {
        require(
                embedding.length == fingerprint.dimensions(),
                "The index has " + fingerprint.dimensions() + " dimensions; the embedding has " + embedding.length);
    }

    /** @throws IllegalArgumentException unless it is 1 to {@value #MAX_LIMIT} */
    public static void requireLimit(int limit) {
        require(limit >= 1 && limit <= MAX_LIMIT, "The limit must be between 1 and " + MAX_LIMIT + ", not " + limit);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
