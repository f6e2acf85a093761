package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import org.jspecify.annotations.Nullable;

/**
 * A passage with its place among the others.
 *
 * @param hit from the first leg that found it
 * @param score in standard deviations; comparable within one fusion only
 * @param bm25 of the first leg of words that found it, null when none did
 * @param cosine of the first leg of embeddings that found it, null when none did
 */
public record Fused(
        SearchHit hit,
        double score,
        @Nullable Float bm25,
        @Nullable Float cosine) {
    /** The score between 0 and 1, in the same order. */
    public double unitScore() {
        return 1 / (1 + Math.exp(-score));
    }
}
