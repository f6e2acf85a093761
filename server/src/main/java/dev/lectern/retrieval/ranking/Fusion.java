package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import dev.lectern.retrieval.ranking.Leg.Kind;
import dev.lectern.shared.PassageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One ranking of several: the weighted sum of the legs' standard scores. */
public final class Fusion {
    private static final Comparator<Fused> BEST_FIRST = Comparator.comparingDouble(Fused::score)
            .reversed()
            .thenComparing(fused -> fused.hit().passage().value());

    private Fusion() {}

    /** @return every passage that a leg found, best first; equal ones in the order of passage ids */
    public static List<Fused> of(List<Leg> legs) {
        Map<PassageId, Sum> sums = new HashMap<>();
        double missing = 0;
        for (Leg leg : legs) {
            StandardScores scores = StandardScores.of(leg);
            missing += leg.weight() * scores.ofMissing();
            for (SearchHit searchHit : leg.hits()) {
                sums.computeIfAbsent(searchHit.passage(), id -> new Sum(searchHit))
                        .add(
                                leg.kind(),
                                searchHit.score(),
                                leg.weight() * (scores.of(searchHit.score()) - scores.ofMissing()));
            }
        }
        List<Fused> ranking = new ArrayList<>(sums.size());
        for (Sum sum : sums.values()) {
            ranking.add(sum.fused(missing));
        }
        ranking.sort(BEST_FIRST);
        return ranking;
    }

    /** The ranking of one leg alone, in its own order. */
    public static List<Fused> alone(Leg leg) {
        StandardScores scores = StandardScores.of(leg);
        boolean words = leg.kind() == Kind.WORDS;
        return leg.hits().stream()
                .map(searchHit -> new Fused(
                        searchHit,
                        scores.unbounded(searchHit.score()),
                        words ? Float.valueOf(searchHit.score()) : null,
                        words ? null : Float.valueOf(searchHit.score())))
                .toList();
    }

    private static final class Sum {
        private final SearchHit searchHit;
        private double score;
        private @Nullable Float bm25;
        private @Nullable Float cosine;

        Sum(SearchHit searchHit) {
            this.searchHit = searchHit;
        }

        void add(Kind kind, float raw, double weighted) {
            score += weighted;
            if (kind == Kind.WORDS) {
                bm25 = bm25 == null ? Float.valueOf(raw) : bm25;
            } else {
                cosine = cosine == null ? Float.valueOf(raw) : cosine;
            }
        }

        Fused fused(double missing) {
            return new Fused(searchHit, score + missing, bm25, cosine);
        }
    }
}
