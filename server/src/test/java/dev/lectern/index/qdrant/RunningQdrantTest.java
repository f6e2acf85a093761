package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.axis;
import static dev.lectern.index.IndexedPassageFixtures.clustered;
import static dev.lectern.index.IndexedPassageFixtures.embedded;
import static dev.lectern.index.IndexedPassageFixtures.in;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lectern.index.IndexedPassageFixtures;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexContract;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.Secret;
import io.grpc.Metadata;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the contract tests against the Qdrant server at QDRANT_URL (with QDRANT_API_KEY if it requires a key), in collections that are deleted afterwards. An
 * unreachable server is a failure.
 */
@SuppressWarnings("NullAway.Init")
@Tag("running-qdrant")
class RunningQdrantTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SearchScope ALL =
            SearchScope.of(TestAccess.readable(Set.of(IndexedPassageFixtures.COLLECTION)));

    private final Set<EmbedderFingerprint> used = new HashSet<>();
    private final List<QdrantIndexStore> stores = new ArrayList<>();
    private String prefix;

    @BeforeEach
    void choosePrefix() {
        prefix = "lectern-test-" + UUID.randomUUID();
    }

    /** Otherwise each test would wait for it. */
    @BeforeAll
    static void reach() {
        try (QdrantIndexStore store =
                QdrantStoreFixtures.open(url(), key(), QdrantStoreFixtures.settings("lectern-test"))) {
            assertThat(store.version()).isNotBlank();
        }
    }

    private static String url() {
        return System.getenv("QDRANT_URL");
    }

    private static Secret key() {
        return Secret.of(System.getenv().getOrDefault("QDRANT_API_KEY", ""));
    }

    private QdrantIndexStore store() {
        return store(url(), QdrantStoreFixtures.settings(prefix));
    }

    private QdrantIndexStore store(String url, QdrantIndexProperties settings) {
        QdrantIndexStore store = QdrantStoreFixtures.open(url, key(), settings);
        stores.add(store);
        return store;
    }

    private PassageIndex open(QdrantIndexStore store) {
        used.add(IndexedPassageFixtures.FINGERPRINT);
        return store.open(IndexedPassageFixtures.FINGERPRINT);
    }

    @AfterEach
    void discard() {
        used.forEach(store()::discard);
        stores.forEach(QdrantIndexStore::close);
    }

    @Test
    void tenThousandPassages_inLargeRequests_areAllTaken() {
        QdrantIndexProperties large = new QdrantIndexProperties(
                prefix, 0, 1, 1, true, false, false, true, 10_000, PATIENCE, PATIENCE, PATIENCE, 3, "");
        PassageIndex index = open(store(url(), large));
        Random random = new Random(5);
        index.add(IntStream.range(0, 10_000)
                .mapToObj(i ->
                        embedded(passage("p" + i, "number" + i + " of many words ".repeat(20)), clustered(random)))
                .toList());
        assertThat(index.count(ALL)).isEqualTo(10_000);
        assertThat(index.lexical("number7654", ALL, 10, soon()))
                .extracting(hit -> hit.passage().value())
                .containsExactly("p7654");
    }

    @Test
    void connectionsCut_whileChangingAndAsking_nothingIsLostAndNobodyNotices() throws Exception {
        QdrantAddress address = QdrantAddress.of(url());
        assumeFalse(address.tls(), "the way to it is cut without TLS");
        QdrantIndexProperties stubborn = new QdrantIndexProperties(
                prefix, 0, 1, 1, true, false, false, true, 256, PATIENCE, PATIENCE, PATIENCE, 5, "");
        try (DisconnectingProxy proxy = DisconnectingProxy.to(address);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            PassageIndex index = open(store(proxy.url(), stubborn));
            AtomicBoolean writing = new AtomicBoolean(true);
            Future<Integer> asked = threads.submit(() -> {
                int answers = 0;
                for (; writing.get(); answers++) {
                    index.lexical("cat", ALL, 10, soon());
                    index.dense(axis(0), ALL, 10, soon());
                }
                return answers;
            });
            Future<Integer> cuts = threads.submit(() -> {
                int cut = 0;
                while (writing.get()) {
                    Thread.sleep(200);
                    cut += proxy.cut();
                }
                return cut;
            });
            try {
                for (int i = 0; i < 200; i++) {
                    String id = "p" + i;
                    index.add(IntStream.range(0, 20)
                            .mapToObj(j -> in(passage(id + "." + j, "cat"), "default", id, 1))
                            .toList());
                    if (i % 2 == 0) {
                        index.delete(List.of(new PassageSelection.OfDocument(new DocumentId(id))));
                    }
                }
            } finally {
                writing.set(false);
            }
            assertThat(asked.get()).isPositive();
            assertThat(cuts.get()).isGreaterThan(3);
            assertThat(index.count(ALL)).isEqualTo(2_000);
        }
    }

    private static Deadline soon() {
        return Deadline.in(PATIENCE, Clock.systemUTC());
    }

    @Nested
    class Contract extends PassageIndexContract {
        @Override
        protected PassageIndex open(EmbedderFingerprint fingerprint) {
            used.add(fingerprint);
            return (stores.isEmpty() ? store() : stores.getFirst()).open(fingerprint);
        }

        @Override
        protected PassageIndex openSearchingExactly(int exactPassages) {
            used.add(IndexedPassageFixtures.FINGERPRINT);
            QdrantIndexStore store = QdrantStoreFixtures.openSearching(
                    url(), key(), QdrantStoreFixtures.settings(prefix), exactPassages);
            stores.add(store);
            return store.open(IndexedPassageFixtures.FINGERPRINT);
        }

        @Override
        protected PassageIndex openAfterKill() {
            return store().open(IndexedPassageFixtures.FINGERPRINT);
        }
    }

    @Nested
    class Shares extends CollectionOwnershipContract {
        @Override
        protected String url() {
            return RunningQdrantTest.url();
        }

        @Override
        protected Secret key() {
            return RunningQdrantTest.key();
        }
    }

    /** What the server of the other tests refuses as well. */
    @Nested
    class Refuses extends QdrantErrorContract {
        @Override
        protected QdrantAddress server() {
            return QdrantAddress.of(url());
        }

        @Override
        protected Metadata headers() {
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER), key().reveal());
            return headers;
        }
    }
}
