package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import org.jspecify.annotations.Nullable;

/**
 * A passage with its score over several rankings.
 *
 * @param hit of the first ranking that found it
 * @param score in standard deviations; comparable within one fusion only
 * @param bm25 of the first ranking by words that found it, null when none did
 * @param cosine of the first ranking by embeddings that found it, null when none did
 */
public record FusedHit(
        SearchHit hit,
        double score,
        @Nullable Float bm25,
        @Nullable Float cosine) {
    /** The score mapped to 0 to 1 by the logistic function, which keeps the order. */
    public double unitScore() {
        return 1 / (1 + Math.exp(-score));
    }
}
