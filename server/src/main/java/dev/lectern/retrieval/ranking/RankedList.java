package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import java.util.List;

/**
 * One ranking that is fused with others.
 *
 * @param hits best first
 * @param weight 0 to 1; the weights of a fusion add up to 1
 */
public record RankedList(ScoreType scoreType, List<SearchHit> hits, double weight) {
    /** What the scores of the hits are. */
    public enum ScoreType {
        /** 0 means no common word, so that a passage that was not found has 0. */
        BM25,
        /** Without a natural zero, so that a passage that was not found is given the score of the last one that was. */
        COSINE
    }

    public RankedList {
        hits = List.copyOf(hits);
    }
}
