package dev.lectern.index;

import dev.lectern.shared.EmbedderFingerprint;
import java.util.Collection;

/** What {@link PassageIndex} promises to refuse, the same for every adapter. Callers of the port keep to it, so a refusal is a mistake of ours. */
public final class Bounds {
    /** Passages of one call, at most. */
    public static final int MAX_PASSAGES = 10_000;

    /** Hits of one search, at most. */
    public static final int MAX_LIMIT = 1_000;

    private Bounds() {}

    /** @throws IllegalArgumentException when there are too many, or an embedding has other dimensions than the fingerprint */
    public static void requireFit(Collection<IndexedPassage> passages, EmbedderFingerprint fingerprint) {
        require(passages.size() <= MAX_PASSAGES, "At most " + MAX_PASSAGES + " passages are added at once");
        passages.forEach(passage -> requireFit(passage.embedding(), fingerprint));
    }

    /** @throws IllegalArgumentException when it has other dimensions than the fingerprint */
    public static void requireFit(float[] embedding, EmbedderFingerprint fingerprint) {
        require(
                embedding.length == fingerprint.dimensions(),
                "This index takes embeddings of " + fingerprint.dimensions() + " dimensions, not " + embedding.length);
    }

    /** @throws IllegalArgumentException unless it is 1 to {@value #MAX_LIMIT} */
    public static void requireLimit(int limit) {
        require(limit >= 1 && limit <= MAX_LIMIT, "The limit is 1 to " + MAX_LIMIT + ", not " + limit);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
