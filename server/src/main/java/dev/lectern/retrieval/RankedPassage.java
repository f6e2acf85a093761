package dev.lectern.retrieval;

import dev.lectern.library.Passage;
import org.jspecify.annotations.Nullable;

/**
 * @param score fused, 0 to 1
 * @param bm25 null when the words did not find it
 * @param cosine null when the embedding did not find it
 */
public record RankedPassage(
        Passage passage,
        double score,
        @Nullable Float bm25,
        @Nullable Float cosine) {}
