package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.COLLECTION;
import static dev.lectern.index.IndexedPassageFixtures.DIMENSIONS;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.axis;
import static dev.lectern.index.IndexedPassageFixtures.degrees;
import static dev.lectern.index.IndexedPassageFixtures.embedded;
import static dev.lectern.index.IndexedPassageFixtures.in;
import static dev.lectern.index.IndexedPassageFixtures.labelled;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of how the collection is created, verified and queried. */
@SuppressWarnings("NullAway.Init")
class QdrantCollectionTest {
    private static final SearchScope ALL = SearchScope.of(TestAccess.readable(Set.of(COLLECTION)));

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private FakeQdrantServer server;
    private QdrantIndexStore store;

    @BeforeEach
    void start() throws Exception {
        server = FakeQdrantServer.start();
        store = QdrantStoreFixtures.open(server.url(), QdrantStoreFixtures.settings("test"));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
    }

    private static String name() {
        return "test-1-" + FINGERPRINT.id();
    }

    @Test
    void open_asksNothing() {
        assertThat(store.open(FINGERPRINT).fingerprint()).isEqualTo(FINGERPRINT);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void firstUse_makesTheCollectionWithItsIndexes() {
        store.open(FINGERPRINT).add(List.of(passage("a", "cat")));
        assertThat(server.calls())
                .containsExactly(
                        "CollectionExists",
                        "Create",
                        "Get",
                        "CreateFieldIndex",
                        "CreateFieldIndex",
                        "CreateFieldIndex",
                        "CreateFieldIndex",
                        "Upsert");
        VectorParams embedding = server.collection(name())
                .made()
                .getVectorsConfig()
                .getParamsMap()
                .getMapOrThrow("embedding");
        assertThat(embedding.getSize()).isEqualTo(DIMENSIONS);
        assertThat(embedding.getDistance()).isEqualTo(Distance.Cosine);
        assertThat(embedding.getQuantizationConfig().getScalar().getType()).isEqualTo(QuantizationType.Int8);
        assertThat(embedding.getQuantizationConfig().getScalar().getAlwaysRam()).isTrue();
        assertThat(server.collection(name())
                        .made()
                        .getSparseVectorsConfig()
                        .getMapOrThrow("words")
                        .getModifier())
                .isEqualTo(Modifier.Idf);
        assertThat(server.collection(name()).indexedLate()).isFalse();
    }

    @Test
    void layout_fieldOfCollections_isTheTenant() {
        QdrantSchema qdrantSchema = new QdrantSchema(QdrantStoreFixtures.settings("test"));
        CreateFieldIndexCollection index = qdrantSchema.index("x", "collection");
        assertThat(index.getFieldIndexParams().getKeywordIndexParams().getIsTenant())
                .isTrue();
        assertThat(qdrantSchema
                        .index("x", "document")
                        .getFieldIndexParams()
                        .getKeywordIndexParams()
                        .getIsTenant())
                .isFalse();
        assertThat(qdrantSchema
                        .index("x", "version")
                        .getFieldIndexParams()
                        .getIntegerIndexParams()
                        .getRange())
                .isTrue();
    }

    @Test
    void layout_settings_reachTheServer() {
        CreateCollection made = new QdrantSchema(new QdrantIndexProperties(
                        "a",
                        6,
                        3,
                        2,
                        false,
                        true,
                        true,
                        false,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1,
                        ""))
                .collection(FINGERPRINT);
        assertThat(made.getShardNumber()).isEqualTo(6);
        assertThat(made.getReplicationFactor()).isEqualTo(3);
        assertThat(made.getWriteConsistencyFactor()).isEqualTo(2);
        assertThat(made.getOnDiskPayload()).isFalse();
        VectorParams embedding = made.getVectorsConfig().getParamsMap().getMapOrThrow("embedding");
        assertThat(embedding.getOnDisk()).isFalse();
        assertThat(embedding.getHnswConfig().getOnDisk()).isTrue();
        assertThat(made.getSparseVectorsConfig()
                        .getMapOrThrow("words")
                        .getIndex()
                        .getOnDisk())
                .isTrue();
        assertThat(new QdrantSchema(QdrantStoreFixtures.settings("a"))
                        .collection(FINGERPRINT)
                        .hasShardNumber())
                .isFalse();
    }

    @Test
    void firstUse_byManyAtOnce_makesOneCollection() throws Exception {
        try (var threads = Executors.newCachedThreadPool()) {
            List<Callable<Void>> nodes = IntStream.range(0, 8)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        try (QdrantIndexStore node =
                                QdrantStoreFixtures.open(server.url(), QdrantStoreFixtures.settings("test"))) {
                            node.open(FINGERPRINT).add(List.of(passage("p" + i, "cat")));
                        }
                        return null;
                    })
                    .toList();
            for (var node : threads.invokeAll(nodes)) {
                node.get();
            }
        }
        assertThat(store.open(FINGERPRINT).count(ALL)).isEqualTo(8);
        assertThat(store.fingerprintIds()).containsExactly(FINGERPRINT.id());
    }

    @Test
    void halfMadeCollection_isCompleted() {
        store.open(FINGERPRINT).add(List.of(passage("a", "cat")));
        assertThat(server.collection(name()).info().getPayloadSchemaMap()).hasSize(4);
        server.collection(name()).unindex("version");
        store.open(FINGERPRINT).add(List.of(passage("b", "cat")));
        assertThat(server.collection(name()).info().getPayloadSchemaMap()).hasSize(4);
    }

    @Test
    void collectionFromBeforeAccessLabels_isSearchedWithoutBeingFilledAgain() {
        store.open(FINGERPRINT).add(List.of(passage("a", "cat")));
        server.collection(name()).unindex("labels");
        int upserts = Collections.frequency(server.calls(), "Upsert");
        PassageIndex index = store.open(FINGERPRINT);
        assertThat(index.lexical("cat", ALL, 10, soon())).hasSize(1);
        assertThat(index.dense(axis(0), ALL, 10, soon())).hasSize(1);
        assertThat(server.calls()).filteredOn("Upsert"::equals).hasSize(upserts);
        index.add(List.of(labelled(passage("b", "cat"), "staff")));
        assertThat(index.lexical("cat", ALL, 10, soon())).hasSize(1);
    }

    @Test
    void collectionOfSomebodyElse_isRefusedAndKept() {
        EmbedderFingerprint other = new EmbedderFingerprint("other", DIMENSIONS, "", "", "cls", true);
        CreateCollection foreign = new QdrantSchema(QdrantStoreFixtures.settings("test"))
                .collection(other).toBuilder().setCollectionName(name()).build();
        server.make(foreign);
        assertThatThrownBy(() -> store.open(FINGERPRINT).count(ALL))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("LECTERN_INDEX_QDRANT_COLLECTION_PREFIX");
        assertThatCode(() -> server.collection(name())).doesNotThrowAnyException();
    }

    @Test
    void fingerprints_ofThisInstallationAlone_areListedAndDiscarded() {
        try (QdrantIndexStore neighbour =
                QdrantStoreFixtures.open(server.url(), QdrantStoreFixtures.settings("test-1"))) {
            neighbour.open(FINGERPRINT).add(List.of(passage("a", "cat")));
            assertThat(store.fingerprintIds()).isEmpty();
            store.open(FINGERPRINT).add(List.of(passage("b", "cat")));
            store.discard(FINGERPRINT);
            store.discard(FINGERPRINT);
            assertThat(store.fingerprintIds()).isEmpty();
            assertThat(neighbour.open(FINGERPRINT).count(ALL)).isOne();
        }
    }

    @Test
    void strictMode_smallBatches_areKeptTo() {
        server.newCollectionsGet(
                StrictModeConfig.newBuilder().setUpsertMaxBatchsize(7).build());
        PassageIndex index = store.open(FINGERPRINT);
        index.add(IntStream.range(0, 20).mapToObj(i -> passage("p" + i, "cat")).toList());
        assertThat(index.count(ALL)).isEqualTo(20);
        assertThat(server.calls()).filteredOn("Upsert"::equals).hasSize(3);
    }

    @Test
    void strictMode_fewValuesOfACondition_areKeptTo() {
        server.newCollectionsGet(
                StrictModeConfig.newBuilder().setConditionMaxSize(4).build());
        PassageIndex index = store.open(FINGERPRINT);
        index.add(IntStream.range(0, 20)
                .mapToObj(i -> in(embedded(passage("p" + i, "cat"), degrees(i)), "default", "d" + i, 1))
                .toList());
        SearchScope ten = ALL.within(IntStream.range(5, 15)
                .mapToObj(i -> new DocumentId("d" + i))
                .collect(Collectors.toSet()));
        assertThat(index.count(ten)).isEqualTo(10);
        assertThat(index.dense(degrees(0), ten, 3, soon()))
                .extracting(hit -> hit.passage().value())
                .containsExactly("p5", "p6", "p7");
        assertThat(index.lexical("cat", ten, 20, soon())).hasSize(10);
        assertThat(index.lexical("cat", ALL.without(ten.documents()), 20, soon())).hasSize(10);
    }

    @Test
    void strictMode_shortFiltersAndSearches_areKeptTo() {
        server.newCollectionsGet(StrictModeConfig.newBuilder()
                .setFilterMaxConditions(5)
                .setSearchMaxHnswEf(32)
                .setSearchMaxOversampling(1.5f)
                .build());
        PassageIndex index = store.open(FINGERPRINT);
        index.add(IntStream.range(0, 20)
                .mapToObj(i -> in(passage("p" + i, "cat"), "default", "d" + i, 1))
                .toList());
        index.delete(IntStream.range(0, 7)
                .<PassageSelection>mapToObj(i -> new PassageSelection.OfVersion(new DocumentId("d" + i), 1))
                .toList());
        assertThat(server.calls()).filteredOn("Delete"::equals).hasSize(4);
        assertThat(index.dense(axis(0), ALL, 20, soon())).hasSize(13);
    }

    @Test
    void strictMode_noExactCounts_isSaid() {
        server.newCollectionsGet(
                StrictModeConfig.newBuilder().setSearchAllowExact(false).build());
        assertThatThrownBy(() -> store.open(FINGERPRINT).count(ALL)).hasMessageContaining("search_allow_exact");
    }

    @Test
    void strictMode_fewResults_isSaid() {
        server.newCollectionsGet(
                StrictModeConfig.newBuilder().setMaxQueryLimit(500).build());
        assertThatThrownBy(() -> store.open(FINGERPRINT).count(ALL)).hasMessageContaining("max_query_limit");
    }

    @Test
    void strictMode_asManyResultsAsThePortHas_isEnough() {
        server.newCollectionsGet(
                StrictModeConfig.newBuilder().setMaxQueryLimit(1_000).build());
        PassageIndex index = store.open(FINGERPRINT);
        index.add(
                IntStream.range(0, 1_100).mapToObj(i -> passage("p" + i, "cat")).toList());
        assertThat(index.lexical("cat", ALL, 1_000, soon())).hasSize(1_000);
        assertThat(index.dense(axis(0), ALL, 1_000, soon())).hasSize(1_000);
        int[] documents = {0};
        index.forEachDocument(document -> documents[0] += document.passages());
        assertThat(documents[0]).isEqualTo(1_100);
    }

    @Test
    void equalScores_goingOnBehindTheLimit_areInTheOrderOfIds() {
        PassageIndex index = store.open(FINGERPRINT);
        index.add(IntStream.range(0, 500)
                .mapToObj(i -> passage("p%03d".formatted(i), "cat"))
                .toList());
        List<String> first = IntStream.range(0, 3).mapToObj("p%03d"::formatted).toList();
        assertThat(index.lexical("cat", ALL, 3, soon()))
                .extracting(QdrantCollectionTest::id)
                .isEqualTo(first);
        assertThat(index.dense(axis(0), ALL, 3, soon()))
                .extracting(QdrantCollectionTest::id)
                .isEqualTo(first);
    }

    private static String id(SearchHit searchHit) {
        return searchHit.passage().value();
    }

    @Test
    void largeEmbeddings_areSentInSeveralRequests() {
        EmbedderFingerprint large = new EmbedderFingerprint("large", 4_096, "", "", "cls", true);
        float[] embedding = new float[4_096];
        embedding[0] = 1;
        QdrantIndexProperties settings = new QdrantIndexProperties(
                "test", 0, 1, 1, true, false, false, true, 10_000, TIMEOUT, TIMEOUT, TIMEOUT, 1, "");
        try (QdrantIndexStore patient = QdrantStoreFixtures.open(server.url(), settings)) {
            patient.open(large)
                    .add(IntStream.range(0, 600)
                            .mapToObj(i -> embedded(passage("p" + i, ""), embedding))
                            .toList());
            assertThat(server.calls()).filteredOn("Upsert"::equals).hasSize(2);
            assertThat(patient.open(large).count(ALL)).isEqualTo(600);
        }
    }
}
