package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.COLLECTION;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.embedded;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.IndexedPassageFixtures;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.index.lucene.LuceneIndexFixtures;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Deadline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lucene and Qdrant rank the same passages nearly equally. They differ in the average length, which is fixed for Qdrant and computed by Lucene. */
class RankingParityTest {
    private static final int PASSAGES = 1_000;
    private static final int QUESTIONS = 100;
    private static final int TOP = 10;
    private static final SearchScope ALL = SearchScope.of(TestAccess.readable(Set.of(COLLECTION)));

    private final Random random = new Random(11);

    @Test
    void bothIndexes_samePassages_findNearlyTheSame(@TempDir Path folder) throws Exception {
        try (FakeQdrantServer server = FakeQdrantServer.start();
                QdrantIndexStore store = QdrantStoreFixtures.open(server.url(), QdrantStoreFixtures.settings("test"));
                PassageIndex qdrant = store.open(FINGERPRINT);
                PassageIndex lucene = new LuceneIndexFixtures(folder).open(FINGERPRINT)) {
            List<IndexedPassage> passages = IntStream.range(0, PASSAGES)
                    .mapToObj(i -> embedded(
                            passage("p" + i, text(40 + random.nextInt(160))), IndexedPassageFixtures.clustered(random)))
                    .toList();
            qdrant.add(passages);
            lucene.add(passages);
            double words = 0;
            double near = 0;
            for (int i = 0; i < QUESTIONS; i++) {
                String question = text(6);
                words +=
                        overlap(lucene.lexical(question, ALL, TOP, soon()), qdrant.lexical(question, ALL, TOP, soon()));
                float[] embedding = IndexedPassageFixtures.clustered(random);
                near += overlap(lucene.dense(embedding, ALL, TOP, soon()), qdrant.dense(embedding, ALL, TOP, soon()));
            }
            assertThat(words / QUESTIONS).isGreaterThan(0.9);
            assertThat(near / QUESTIONS).isGreaterThan(0.99);
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
    }

    /** Words drawn as in natural text: the first are frequent. */
    private String text(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> "word" + (int) Math.exp(random.nextDouble() * Math.log(5_000)))
                .collect(Collectors.joining(" "));
    }

    private static double overlap(List<SearchHit> one, List<SearchHit> other) {
        Set<Object> both = new HashSet<>(one.stream().map(SearchHit::passage).toList());
        both.retainAll(other.stream().map(SearchHit::passage).toList());
        return (double) both.size() / TOP;
    }
}
