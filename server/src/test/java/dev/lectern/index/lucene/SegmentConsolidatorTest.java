package dev.lectern.index.lucene;

import static dev.lectern.index.IndexedPassageFixtures.COLLECTION;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.clustered;
import static dev.lectern.index.IndexedPassageFixtures.embedded;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentConsolidatorTest {
    private static final SearchScope ALL = SearchScope.of(TestAccess.readable(Set.of(COLLECTION)));
    private static final int BATCHES = 4;
    private static final int BATCH = 50;

    @TempDir
    Path folder;

    @Test
    void wanted_partsOfOneSize_areMadeOne() {
        assertThat(SegmentConsolidator.targetSegmentCount(List.of(18_000, 17_000, 38_000, 2_000)))
                .isEqualTo(1);
    }

    @Test
    void wanted_fewSmallPartsBesideALargeOne_stay() {
        assertThat(SegmentConsolidator.targetSegmentCount(List.of(100_000, 500, 20)))
                .isEqualTo(3);
    }

    @Test
    void wanted_manySmallPartsBesideALargeOne_areMergedWithoutIt() {
        assertThat(SegmentConsolidator.targetSegmentCount(List.of(100_000, 500, 20, 20, 20, 1)))
                .isEqualTo(3);
    }

    @Test
    void wanted_tooLargeForOne_staysWithFew() {
        assertThat(SegmentConsolidator.targetSegmentCount(List.of(
                        SegmentConsolidator.MAX_CONSOLIDATED_PASSAGES,
                        SegmentConsolidator.MAX_CONSOLIDATED_PASSAGES,
                        10,
                        10)))
                .isEqualTo(3);
    }

    @Test
    void wanted_onePartOrNone_stays() {
        assertThat(SegmentConsolidator.targetSegmentCount(List.of(7))).isEqualTo(1);
        assertThat(SegmentConsolidator.targetSegmentCount(List.of())).isZero();
    }

    @Test
    void write_thenQuiet_onePartWithEverything() {
        try (LucenePassageIndex index = open(Duration.ofMillis(200))) {
            fill(index);
            await().until(() -> index.countSegments() == 1);
            assertThat(index.count(ALL)).isEqualTo(BATCHES * BATCH);
        }
        try (LucenePassageIndex index = open(Duration.ofHours(1))) {
            assertThat(index.countSegments()).isEqualTo(1);
            assertThat(index.count(ALL)).isEqualTo(BATCHES * BATCH);
        }
    }

    @Test
    void write_notYetQuiet_partsStay() {
        try (LucenePassageIndex index = open(Duration.ofHours(1))) {
            fill(index);
            assertThat(index.countSegments()).isGreaterThan(1);
        }
    }

    private LucenePassageIndex open(Duration quiet) {
        return LucenePassageIndex.open(folder, FINGERPRINT, Clock.systemUTC(), quiet);
    }

    private static void fill(LucenePassageIndex index) {
        Random random = new Random(1);
        for (int batch = 0; batch < BATCHES; batch++) {
            String prefix = "p" + batch + "-";
            List<IndexedPassage> passages = IntStream.range(0, BATCH)
                    .mapToObj(i -> embedded(passage(prefix + i, "word" + i), clustered(random)))
                    .toList();
            index.add(passages);
        }
    }
}
