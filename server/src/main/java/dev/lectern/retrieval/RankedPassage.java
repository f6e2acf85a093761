package dev.lectern.retrieval;

import dev.lectern.library.Passage;
import org.jspecify.annotations.Nullable;

/**
 * A passage with the scores that ranked it.
 *
 * @param score fused, 0 to 1
 * @param bm25 null when the search by words did not find it
 * @param cosine null when the search by embeddings did not find it
 */
public record RankedPassage(
        Passage passage,
        double score,
        @Nullable Float bm25,
        @Nullable Float cosine) {}
