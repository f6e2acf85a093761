package dev.lectern.evaluation;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures of one ranking as trec_eval defines them: the gain is the judged grade, the discount of rank r is log2(r + 1), and the ideal ranking contains
 * every judged document. A document that is ranked twice counts at its first rank.
 */
final class RankingMeasures {
    private RankingMeasures() {}

    /**
     * Normalised discounted cumulative gain of the first {@code depth}.
     *
     * @param ranking documents, best first
     * @param grades of the judged documents; 0 or less is not relevant
     * @return 0 to 1; 0 when nothing is relevant
     */
    static double ndcg(List<String> ranking, Map<String, Integer> grades, int depth) {
        List<Integer> ideal =
                grades.values().stream().sorted(Comparator.reverseOrder()).toList();
        double best = discountedGain(ideal, depth);
        if (best == 0) {
            return 0;
        }
        List<Integer> found = distinct(ranking)
                .map(document -> grades.getOrDefault(document, 0))
                .toList();
        return discountedGain(found, depth) / best;
    }

    /** The share of the relevant documents that is among the first {@code depth}; 0 when nothing is relevant. */
    static double recall(List<String> ranking, Map<String, Integer> grades, int depth) {
        long relevant = grades.values().stream().filter(grade -> grade > 0).count();
        long found = distinct(ranking)
                .limit(depth)
                .filter(document -> grades.getOrDefault(document, 0) > 0)
                .count();
        return relevant == 0 ? 0 : (double) found / relevant;
    }

    /** One divided by the rank of the first relevant document; 0 when there is none among the first {@code depth}. */
    static double reciprocalRank(List<String> ranking, Map<String, Integer> grades, int depth) {
        int rank = 0;
        for (String document : distinct(ranking).limit(depth).toList()) {
            rank++;
            if (grades.getOrDefault(document, 0) > 0) {
                return 1.0 / rank;
            }
        }
        return 0;
    }

    static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** @return NaN for none; of an even number the mean of the middle two */
    static double median(Collection<Integer> values) {
        List<Integer> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }

    private static double discountedGain(List<Integer> gains, int depth) {
        double sum = 0;
        for (int i = 0; i < Math.min(depth, gains.size()); i++) {
            sum += Math.max(0, gains.get(i)) * Math.log(2) / Math.log(i + 2.0);
        }
        return sum;
    }

    private static Stream<String> distinct(List<String> ranking) {
        return new LinkedHashSet<>(ranking).stream();
    }
}
