package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import dev.lectern.retrieval.ranking.Leg.Kind;
import java.util.List;

/**
 * How far a score stands out from the best {@value #DEPTH} of its leg, in their standard deviations. A leg in which one passage stands out thus speaks
 * louder than one in which all are alike.
 */
final class StandardScores {
    /** The scores that the mean and the deviation are taken of; deeper hits do not change them, so that a longer list has the same beginning. */
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

    static StandardScores of(Leg leg) {
        List<SearchHit> top = leg.hits().subList(0, Math.min(DEPTH, leg.hits().size()));
        // Passages without any of the words are part of the picture: one hit among nothing stands out, and is not
        // average.
        int counted = leg.kind() == Kind.WORDS ? DEPTH : Math.max(1, top.size());
        double mean = top.stream().mapToDouble(SearchHit::score).sum() / counted;
        double squares = top.stream()
                .mapToDouble(hit -> (hit.score() - mean) * (hit.score() - mean))
                .sum();
        double variance = (squares + (counted - top.size()) * mean * mean) / counted;
        boolean zeroIsKnown = leg.kind() == Kind.WORDS && top.size() < DEPTH;
        double floor = top.isEmpty() || zeroIsKnown ? 0 : top.getLast().score();
        return new StandardScores(mean, Math.sqrt(variance), floor);
    }

    /** Of a passage that the leg found; below the {@value #DEPTH}th it is taken to be like that one. */
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
