package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassages.DIMENSIONS;
import static dev.lectern.index.IndexedPassages.FINGERPRINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server of the tests refuses what Qdrant refuses, so that an adapter that passes against it does not rely on more. */
@SuppressWarnings("NullAway.Init")
class StrictQdrantTest {
    private static final String NAME = "c";
    private static final PointId ID = PointIdFactory.id(new UUID(1, 2));
    private static final Vector RIGHT = VectorFactory.vector(Collections.nCopies(DIMENSIONS, 1f));

    private StrictQdrant server;
    private ManagedChannel channel;
    private PointsBlockingStub points;

    @BeforeEach
    void start() throws Exception {
        server = StrictQdrant.start();
        server.newCollectionsGet(StrictModeConfig.newBuilder()
                .setUpsertMaxBatchsize(2)
                .setMaxQueryLimit(5)
                .setSearchMaxHnswEf(64)
                .setSearchMaxOversampling(3)
                .setFilterMaxConditions(2)
                .build());
        URI address = URI.create(server.url());
        channel = NettyChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
        Layout layout = new Layout(QdrantStores.settings("test"));
        CollectionsGrpc.newBlockingStub(channel)
                .create(layout.collection(FINGERPRINT).toBuilder()
                        .setCollectionName(NAME)
                        .build());
        points = PointsGrpc.newBlockingStub(channel);
        points.createFieldIndex(layout.index(NAME, Layout.DOCUMENT));
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    private static void assertRefused(ThrowingCallable call, Status.Code code, String sentence) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).contains(sentence);
    }

    private UpsertPoints upsert(PointId id, String vector, Vector value) {
        return UpsertPoints.newBuilder()
                .setCollectionName(NAME)
                .setWait(true)
                .addPoints(PointStruct.newBuilder()
                        .setId(id)
                        .setVectors(Vectors.newBuilder()
                                .setVectors(NamedVectors.newBuilder().putVectors(vector, value))))
                .build();
    }

    @Test
    void upsert_whatIsRight_isTaken() {
        points.upsert(upsert(ID, Layout.EMBEDDING, RIGHT));
        assertThat(points.count(CountPoints.newBuilder()
                                .setCollectionName(NAME)
                                .setExact(true)
                                .build())
                        .getResult()
                        .getCount())
                .isOne();
    }

    @Test
    void upsert_whatIsWrong_isRefused() {
        Status.Code wrong = Status.Code.INVALID_ARGUMENT;
        assertRefused(
                () -> points.upsert(upsert(ID, Layout.EMBEDDING, VectorFactory.vector(List.of(1f)))),
                wrong,
                "Vector dimension error");
        assertRefused(() -> points.upsert(upsert(ID, "unknown", RIGHT)), wrong, "Not existing vector name");
        assertRefused(
                () -> points.upsert(upsert(ID, Layout.WORDS, VectorFactory.vector(List.of(1f, 2f), List.of(7, 7)))),
                wrong,
                "must be unique");
        assertRefused(
                () -> points.upsert(
                        upsert(PointId.newBuilder().setUuid("doc.1.0").build(), Layout.EMBEDDING, RIGHT)),
                wrong,
                "Unable to parse UUID");
        assertRefused(
                () -> points.upsert(upsert(PointId.getDefaultInstance(), Layout.EMBEDDING, RIGHT)),
                wrong,
                "No ID options");
        UpsertPoints one = upsert(ID, Layout.EMBEDDING, RIGHT);
        assertRefused(
                () -> points.upsert(one.toBuilder()
                        .addAllPoints(Collections.nCopies(2, one.getPoints(0)))
                        .build()),
                wrong,
                "upsert limit");
        assertRefused(
                () -> points.upsert(one.toBuilder().setCollectionName("missing").build()),
                Status.Code.NOT_FOUND,
                "doesn't exist");
    }

    @Test
    void filter_withoutAnIndex_isRefused() {
        Filter unindexed = Filter.newBuilder()
                .addMust(ConditionFactory.matchKeyword("language", "en"))
                .build();
        Filter otherType = Filter.newBuilder()
                .addMust(ConditionFactory.match(Layout.DOCUMENT, 7))
                .build();
        for (Filter filter : List.of(unindexed, otherType)) {
            assertRefused(
                    () -> points.count(CountPoints.newBuilder()
                            .setCollectionName(NAME)
                            .setFilter(filter)
                            .setExact(true)
                            .build()),
                    Status.Code.INVALID_ARGUMENT,
                    "Index required");
            assertRefused(
                    () -> points.delete(DeletePoints.newBuilder()
                            .setCollectionName(NAME)
                            .setPoints(PointsSelector.newBuilder().setFilter(filter))
                            .build()),
                    Status.Code.INVALID_ARGUMENT,
                    "Index required");
        }
        Filter long3 = Filter.newBuilder()
                .addAllMust(Collections.nCopies(3, ConditionFactory.matchKeyword(Layout.DOCUMENT, "d")))
                .build();
        assertRefused(
                () -> points.count(CountPoints.newBuilder()
                        .setCollectionName(NAME)
                        .setFilter(long3)
                        .setExact(true)
                        .build()),
                Status.Code.INVALID_ARGUMENT,
                "Filter condition limit");
    }

    @Test
    void query_whatIsWrong_isRefused() {
        Status.Code wrong = Status.Code.INVALID_ARGUMENT;
        QueryPoints right = QueryPoints.newBuilder()
                .setCollectionName(NAME)
                .setUsing(Layout.EMBEDDING)
                .setQuery(QueryFactory.nearest(new float[DIMENSIONS]))
                .setLimit(5)
                .build();
        assertThat(points.query(right).getResultList()).isEmpty();
        assertRefused(
                () -> points.query(right.toBuilder().setUsing("unknown").build()), wrong, "Not existing vector name");
        assertRefused(() -> points.query(right.toBuilder().setLimit(6).build()), wrong, "\"limit\"");
        assertRefused(() -> points.query(right.toBuilder().setLimit(0).build()), wrong, "limit");
        assertRefused(
                () -> points.query(right.toBuilder()
                        .setParams(right.getParams().toBuilder().setHnswEf(65))
                        .build()),
                wrong,
                "hnsw_ef");
        assertRefused(
                () -> points.query(right.toBuilder()
                        .setQuery(QueryFactory.nearest(new float[DIMENSIONS + 1]))
                        .build()),
                wrong,
                "Vector dimension error");
    }

    @Test
    void search_isWithdrawn() {
        assertRefused(
                () -> points.search(SearchPoints.newBuilder()
                        .setCollectionName(NAME)
                        .setLimit(1)
                        .build()),
                Status.Code.UNIMPLEMENTED,
                "unimplemented");
    }

    @Test
    void create_again_isRefused() {
        assertRefused(
                () -> CollectionsGrpc.newBlockingStub(channel)
                        .create(new Layout(QdrantStores.settings("test"))
                                .collection(FINGERPRINT).toBuilder()
                                        .setCollectionName(NAME)
                                        .build()),
                Status.Code.ALREADY_EXISTS,
                "already exists");
    }
}
