package dev.lectern.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingMeasuresTest {
    private static final Map<String, Integer> GRADES = Map.of("a", 2, "b", 1, "c", 0, "d", 1);

    @Test
    void ndcg_gradedRanking_isGainOverIdealGain() {
        // found: b at 1, a at 3; DCG = 1/1 + 2/log2(4) = 2; ideal: 2 + 1/log2(3) + 1/log2(4) = 3.1309
        assertThat(RankingMeasures.ndcg(List.of("b", "x", "a"), GRADES, 10)).isCloseTo(2 / 3.130930, within(1e-6));
    }

    @Test
    void ndcg_perfectRanking_isOne() {
        assertThat(RankingMeasures.ndcg(List.of("a", "d", "b", "c"), GRADES, 10))
                .isEqualTo(1);
    }

    @Test
    void ndcg_moreRelevantThanDepth_idealIsCutToo() {
        assertThat(RankingMeasures.ndcg(List.of("a"), GRADES, 1)).isEqualTo(1);
    }

    @Test
    void ndcg_relevantBelowDepth_isZero() {
        assertThat(RankingMeasures.ndcg(List.of("x", "a"), GRADES, 1)).isZero();
    }

    @Test
    void ndcg_repeatedDocument_countsOnceAndMovesNobodyDown() {
        assertThat(RankingMeasures.ndcg(List.of("a", "a", "a", "b", "d"), GRADES, 10))
                .isEqualTo(1);
    }

    @Test
    void ndcg_nothingRelevant_isZero() {
        assertThat(RankingMeasures.ndcg(List.of("a"), Map.of("a", 0), 10)).isZero();
    }

    @Test
    void recall_partFoundWithinDepth_isShareOfRelevant() {
        assertThat(RankingMeasures.recall(List.of("x", "a", "c", "b"), GRADES, 3))
                .isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void reciprocalRank_firstRelevantAtThree_isAThird() {
        assertThat(RankingMeasures.reciprocalRank(List.of("x", "c", "d", "a"), GRADES, 10))
                .isCloseTo(1 / 3.0, within(1e-9));
        assertThat(RankingMeasures.reciprocalRank(List.of("x", "c", "d"), GRADES, 2))
                .isZero();
    }

    @Test
    void median_evenNumber_isMeanOfTheMiddle() {
        assertThat(RankingMeasures.median(List.of(9, 1, 4, 2))).isEqualTo(3);
        assertThat(RankingMeasures.median(List.of(9, 1, 4))).isEqualTo(4);
    }
}
