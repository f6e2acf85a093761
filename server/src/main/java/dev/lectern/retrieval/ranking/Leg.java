package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import java.util.List;

/**
 * One ranking that goes into a fusion.
 *
 * @param hits best first
 * @param weight 0 to 1; the weights of a fusion add up to 1
 */
public record Leg(Kind kind, List<SearchHit> hits, double weight) {
    public enum Kind {
        /** BM25: 0 means that nothing is shared, so what was not found has 0. */
        WORDS,
        /** Cosine: it has no natural zero, so what was not found is taken to be like the last that was. */
        EMBEDDING
    }

    public Leg {
        hits = List.copyOf(hits);
    }
}
