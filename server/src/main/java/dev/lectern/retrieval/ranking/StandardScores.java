package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import dev.lectern.retrieval.ranking.RankedList.ScoreType;
import java.util.List;

/**
 * Standard scores (z-scores) of a ranking: the distance of a score from the mean of the best {@value #DEPTH}, in their standard deviations. A ranking in
 * which one passage stands out thus counts more than one in which all are alike.
 */
final class StandardScores {
    /** Mean and deviation are taken of so many scores; deeper hits do not change them, so that a longer list has the same beginning. */
    static final int DEPTH = 100;

    private static final double SMALLEST_DEVIATION = 1e-6;

    private final double mean;
    private final double deviation;
    private final double floor;

    private StandardScores(double mean, double deviation, double floor) {
        this.mean = mean;
        this.deviation = deviation;
        this.floor = floor;
    }

    static StandardScores of(RankedList list) {
        List<SearchHit> top = list.hits().subList(0, Math.min(DEPTH, list.hits().size()));
        // Passages without any of the words count as 0: a single hit stands out and is not average.
        int counted = list.scoreType() == ScoreType.BM25 ? DEPTH : Math.max(1, top.size());
        double mean = top.stream().mapToDouble(SearchHit::score).sum() / counted;
        double squares = top.stream()
                .mapToDouble(hit -> (hit.score() - mean) * (hit.score() - mean))
                .sum();
        double variance = (squares + (counted - top.size()) * mean * mean) / counted;
        boolean zeroIsKnown = list.scoreType() == ScoreType.BM25 && top.size() < DEPTH;
        double floor = top.isEmpty() || zeroIsKnown ? 0 : top.getLast().score();
        return new StandardScores(mean, Math.sqrt(variance), floor);
    }

    /** Of a passage that the ranking found; below the {@value #DEPTH}th place it counts as that one. */
    double of(double score) {
        return unbounded(Math.max(score, floor));
    }

    double unbounded(double score) {
        return deviation < SMALLEST_DEVIATION ? 0 : (score - mean) / deviation;
    }

    double ofMissing() {
        return of(floor);
    }
}
