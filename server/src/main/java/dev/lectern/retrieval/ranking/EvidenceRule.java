package dev.lectern.retrieval.ranking;

import java.util.List;

/**
 * Whether the best passages can answer at all. Where the embedder knows the language the nearest cosine decides, helped by common words; where it does
 * not, cosines are noise and the words decide alone. The constants come from questions asked of a foreign collection (see docs/decisions/ranking.md).
 */
public final class EvidenceRule {
    /** How many of the best passages are looked at. */
    public static final int LOOKED_AT = 3;

    static final double NEAR_ENOUGH = 0.60;
    static final double COVERAGE_COUNTS = 0.08;
    static final double COVERED_ENOUGH = 0.35;

    private EvidenceRule() {}

    /**
     * @param nearestCosine -1 to 1, of any passage found; -1 when the embeddings were not asked
     * @param best texts with their titles, best first; the first {@value #LOOKED_AT} are looked at
     * @param knownShare how sure it is that the embedder knows the language, 0 to 1
     */
    public static boolean isEnough(String question, double nearestCosine, List<String> best, double knownShare) {
        double covered = best.stream()
                .limit(LOOKED_AT)
                .mapToDouble(text -> Coverage.of(question, text))
                .max()
                .orElse(0);
        boolean byWords = covered >= COVERED_ENOUGH;
        return (knownShare < 0.5 || nearestCosine < 0)
                ? byWords
                : nearestCosine + COVERAGE_COUNTS * covered >= NEAR_ENOUGH;
    }
}
