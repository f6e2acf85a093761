package dev.lectern.index.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.search.ScoreDoc;

/** Keeps the hits with the highest scores, and all ties of the last of them. Not thread-safe. */
final class BestHits {
    private static final int MIN_COMPACTION = 8;

    private final int limit;
    private final PriorityQueue<Float> best;
    private List<ScoreDoc> kept = new ArrayList<>();
    /** Number of kept hits at which those that are no longer among the best are removed. */
    private int compactAt;

    /** @param limit number of hits, 1 or more */
    BestHits(int limit) {
        this.limit = limit;
        this.best = new PriorityQueue<>(limit + 1);
        this.compactAt = MIN_COMPACTION * limit;
    }

    void add(int doc, float score) {
        if (best.size() == limit) {
            if (score < best.element()) {
                return;
            }
            best.poll();
        }
        best.add(score);
        kept.add(new ScoreDoc(doc, score));
        if (kept.size() >= compactAt) {
            kept = all();
            compactAt = Math.max(MIN_COMPACTION * limit, 2 * kept.size());
        }
    }

    /** Number of hits so far, at most the limit. */
    int size() {
        return best.size();
    }

    /** The lowest score that is kept; negative infinity while every hit is. */
    float least() {
        return best.size() < limit ? Float.NEGATIVE_INFINITY : best.element();
    }

    /** In any order. */
    List<ScoreDoc> all() {
        float least = best.isEmpty() ? 0 : best.element();
        List<ScoreDoc> all = new ArrayList<>(limit);
        for (ScoreDoc hit : kept) {
            if (hit.score >= least) {
                all.add(hit);
            }
        }
        return all;
    }
}
