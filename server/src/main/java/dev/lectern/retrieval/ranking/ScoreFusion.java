package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import dev.lectern.retrieval.ranking.RankedList.ScoreType;
import dev.lectern.shared.PassageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fuses several rankings into one by the weighted sum of their standard scores. */
public final class ScoreFusion {
    private static final Comparator<FusedHit> BEST_FIRST = Comparator.comparingDouble(FusedHit::score)
            .reversed()
            .thenComparing(fusedHit -> fusedHit.hit().passage().value());

    private ScoreFusion() {}

    /** @return every passage that one of the rankings found, best first; equal ones in the order of passage ids */
    public static List<FusedHit> fuse(List<RankedList> lists) {
        Map<PassageId, Sum> sums = new HashMap<>();
        double missing = 0;
        for (RankedList list : lists) {
            StandardScores scores = StandardScores.of(list);
            missing += list.weight() * scores.ofMissing();
            for (SearchHit searchHit : list.hits()) {
                sums.computeIfAbsent(searchHit.passage(), id -> new Sum(searchHit))
                        .add(
                                list.scoreType(),
                                searchHit.score(),
                                list.weight() * (scores.of(searchHit.score()) - scores.ofMissing()));
            }
        }
        List<FusedHit> ranking = new ArrayList<>(sums.size());
        for (Sum sum : sums.values()) {
            ranking.add(sum.fused(missing));
        }
        ranking.sort(BEST_FIRST);
        return ranking;
    }

    /** One ranking alone, in its own order. */
    public static List<FusedHit> rankAlone(RankedList list) {
        StandardScores scores = StandardScores.of(list);
        boolean words = list.scoreType() == ScoreType.BM25;
        return list.hits().stream()
                .map(searchHit -> new FusedHit(
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

        void add(ScoreType type, float raw, double weighted) {
            score += weighted;
            if (type == ScoreType.BM25) {
                bm25 = bm25 == null ? Float.valueOf(raw) : bm25;
            } else {
                cosine = cosine == null ? Float.valueOf(raw) : cosine;
            }
        }

        FusedHit fused(double missing) {
            return new FusedHit(searchHit, score + missing, bm25, cosine);
        }
    }
}
