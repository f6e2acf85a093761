package dev.lectern.retrieval.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.index.SearchHit;
import dev.lectern.retrieval.ranking.RankedList.ScoreType;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreFusionTest {

    private static SearchHit hit(String id, double score) {
        return new SearchHit(new PassageId(id), new DocumentId("d" + id), 1, "en", (float) score);
    }

    private static List<String> ids(List<FusedHit> ranking) {
        return ranking.stream().map(fused -> fused.hit().passage().value()).toList();
    }

    @Test
    void of_oneWordHitAmongNothing_standsOut() {
        // 10, then 99 zeros: mean 0.1, deviation sqrt(0.99) = 0.995
        List<FusedHit> ranking = ScoreFusion.fuse(List.of(new RankedList(ScoreType.BM25, List.of(hit("a", 10)), 1)));

        assertThat(ranking.getFirst().score()).isCloseTo(9.9 / Math.sqrt(0.99), within(1e-9));
    }

    @Test
    void of_twoCosines_areOneDeviationFromTheirMean() {
        List<FusedHit> ranking =
                ScoreFusion.fuse(List.of(new RankedList(ScoreType.COSINE, List.of(hit("a", 0.8), hit("b", 0.6)), 1)));

        assertThat(ranking.getFirst().score()).isCloseTo(1, within(1e-6));
        assertThat(ranking.getLast().score()).isCloseTo(-1, within(1e-6));
    }

    @Test
    void of_missingFromEmbeddings_isLikeTheLastFound() {
        List<FusedHit> ranking = ScoreFusion.fuse(List.of(
                new RankedList(ScoreType.BM25, List.of(), 0.5),
                new RankedList(ScoreType.COSINE, List.of(hit("a", 0.8), hit("b", 0.6)), 0.5),
                new RankedList(ScoreType.BM25, List.of(hit("c", 3)), 0.0)));

        assertThat(ranking).hasSize(3);
        assertThat(ranking.get(2).score()).isCloseTo(ranking.get(1).score(), within(1e-9));
    }

    @Test
    void of_foundByBoth_keepsBothRawScores() {
        FusedHit both = ScoreFusion.fuse(List.of(
                        new RankedList(ScoreType.BM25, List.of(hit("a", 7)), 0.35),
                        new RankedList(ScoreType.COSINE, List.of(hit("b", 0.9), hit("a", 0.8)), 0.65)))
                .getFirst();

        assertThat(both.hit().passage().value()).isEqualTo("a");
        assertThat(both.bm25()).isEqualTo(7f);
        assertThat(both.cosine()).isEqualTo(0.8f);
    }

    @Test
    void of_equalScores_areInTheOrderOfIds() {
        List<FusedHit> ranking = ScoreFusion.fuse(
                List.of(new RankedList(ScoreType.COSINE, List.of(hit("c", 0.5), hit("a", 0.5), hit("b", 0.5)), 1)));

        assertThat(ids(ranking)).containsExactly("a", "b", "c");
    }

    @Test
    void of_longerLists_haveTheSameBeginning() {
        Random random = new Random(5);
        List<SearchHit> words = new ArrayList<>();
        List<SearchHit> near = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> {
            words.add(hit("w" + i % 250, 30 - i * 0.09));
            near.add(hit("w" + (i * 7) % 300, 0.9 - i * 0.001 * random.nextDouble(0.99, 1)));
        });
        near.sort((x, y) -> Float.compare(y.score(), x.score()));

        List<FusedHit> shallow = fused(words.subList(0, 100), near.subList(0, 100));
        List<FusedHit> deep = fused(words, near);

        assertThat(ids(deep).subList(0, 10)).isEqualTo(ids(shallow).subList(0, 10));
    }

    private static List<FusedHit> fused(List<SearchHit> words, List<SearchHit> near) {
        return ScoreFusion.fuse(
                List.of(new RankedList(ScoreType.BM25, words, 0.35), new RankedList(ScoreType.COSINE, near, 0.65)));
    }

    @Test
    void of_anyOrderOfEqualLegs_isDeterministic() {
        List<RankedList> lists = new ArrayList<>(List.of(
                new RankedList(ScoreType.BM25, List.of(hit("a", 3), hit("b", 2)), 0.5),
                new RankedList(ScoreType.COSINE, List.of(hit("b", 0.7), hit("c", 0.6)), 0.5)));
        List<String> one = ids(ScoreFusion.fuse(lists));
        Collections.reverse(lists);

        assertThat(ids(ScoreFusion.fuse(lists))).isEqualTo(one);
    }

    @Test
    void alone_keepsTheLegsOrder() {
        List<SearchHit> hits = IntStream.range(0, 150)
                .mapToObj(i -> hit("p" + (1000 - i), 20 - i * 0.1))
                .toList();

        assertThat(ids(ScoreFusion.rankAlone(new RankedList(ScoreType.BM25, hits, 1))))
                .isEqualTo(hits.stream()
                        .map(searchHit -> searchHit.passage().value())
                        .toList());
    }

    @Test
    void unitScore_isBetweenZeroAndOneInTheSameOrder() {
        SearchHit searchHit = hit("a", 1);
        assertThat(new FusedHit(searchHit, -3, null, null).unitScore()).isBetween(0.0, 0.1);
        assertThat(new FusedHit(searchHit, 3, null, null).unitScore()).isBetween(0.9, 1.0);
    }
}
