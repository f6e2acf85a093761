package dev.lectern.retrieval.ranking;

import java.util.List;

/**
 * Decides whether the best passages suffice for an answer. Where the embedder knows the language, the nearest cosine decides, helped by common words; where
 * it does not, cosines are noise and the words decide alone. The constants come from questions about another subject than the collection's (see
 * docs/decisions/ranking.md).
 */
public final class EvidenceRule {
    /** Number of best passages that are compared with the question. */
    public static final int COMPARED_PASSAGES = 3;

    static final double MIN_NEARNESS = 0.60;
    static final double COVERAGE_WEIGHT = 0.08;
    static final double MIN_COVERAGE = 0.35;

    private EvidenceRule() {}

    /**
     * @param nearestCosine -1 to 1, of any passage found; -1 without a search by embeddings
     * @param best texts with their titles, best first; the first {@value #COMPARED_PASSAGES} are compared
     * @param knownShare probability that the embedder knows the language, 0 to 1
     */
    public static boolean isSufficient(String question, double nearestCosine, List<String> best, double knownShare) {
        double covered = best.stream()
                .limit(COMPARED_PASSAGES)
                .mapToDouble(text -> QuestionCoverage.of(question, text))
                .max()
                .orElse(0);
        boolean byWords = covered >= MIN_COVERAGE;
        return (knownShare < 0.5 || nearestCosine < 0)
                ? byWords
                : nearestCosine + COVERAGE_WEIGHT * covered >= MIN_NEARNESS;
    }
}
