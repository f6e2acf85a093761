package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.DIMENSIONS;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract tests for requests that Qdrant refuses. They run against the fake and the real server, so that the fake is not more lenient. */
@SuppressWarnings("NullAway.Init")
abstract class QdrantErrorContract {
    private static final PointId ID = PointIdFactory.id(new UUID(1, 2));
    private static final Vector RIGHT = VectorFactory.vector(Collections.nCopies(DIMENSIONS, 1f));
    private static final StrictModeConfig STRICT = StrictModeConfig.newBuilder()
            .setUpsertMaxBatchsize(2)
            .setMaxQueryLimit(5)
            .setSearchMaxHnswEf(64)
            .setSearchMaxOversampling(3)
            .setFilterMaxConditions(2)
            .build();

    private final String name = "lectern-test-" + UUID.randomUUID();
    private final QdrantSchema qdrantSchema = new QdrantSchema(QdrantStoreFixtures.settings("test"));
    private ManagedChannel channel;
    private PointsBlockingStub points;
    private CollectionsBlockingStub collections;

    /** The address of the server that refuses. */
    protected abstract QdrantAddress server() throws Exception;

    /** What each call says besides, such as a key. */
    protected Metadata headers() {
        return new Metadata();
    }

    @BeforeEach
    final void makeCollection() throws Exception {
        QdrantAddress address = server();
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(address.host(), address.port())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers()));
        channel = address.tls() ? builder.build() : builder.usePlaintext().build();
        collections = CollectionsGrpc.newBlockingStub(channel);
        points = PointsGrpc.newBlockingStub(channel);
        collections.create(named());
        points.createFieldIndex(qdrantSchema.index(name, QdrantSchema.DOCUMENT));
    }

    private CreateCollection named() {
        CreateCollection.Builder request = qdrantSchema.collection(FINGERPRINT).toBuilder();
        return request.setCollectionName(name)
                .setStrictModeConfig(request.getStrictModeConfig().toBuilder().mergeFrom(STRICT))
                .build();
    }

    @AfterEach
    final void deleteCollection() {
        collections.delete(DeleteCollection.newBuilder().setCollectionName(name).build());
        channel.shutdownNow();
    }

    private static void assertRefused(ThrowingCallable call, Status.Code code, String sentence) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).contains(sentence);
    }

    private UpsertPoints upsert(PointId id, String vector, Vector value) {
        return UpsertPoints.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .addPoints(PointStruct.newBuilder()
                        .setId(id)
                        .setVectors(Vectors.newBuilder()
                                .setVectors(NamedVectors.newBuilder().putVectors(vector, value))))
                .build();
    }

    @Test
    void upsert_whatIsRight_isTaken() {
        points.upsert(upsert(ID, QdrantSchema.EMBEDDING, RIGHT));
        assertThat(points.count(CountPoints.newBuilder()
                                .setCollectionName(name)
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
                () -> points.upsert(upsert(ID, QdrantSchema.EMBEDDING, VectorFactory.vector(List.of(1f)))),
                wrong,
                "Vector dimension error");
        assertRefused(() -> points.upsert(upsert(ID, "unknown", RIGHT)), wrong, "Not existing vector name");
        assertRefused(
                () -> points.upsert(
                        upsert(ID, QdrantSchema.WORDS, VectorFactory.vector(List.of(1f, 2f), List.of(7, 7)))),
                wrong,
                "must be unique");
        assertRefused(
                () -> points.upsert(
                        upsert(PointId.newBuilder().setUuid("doc.1.0").build(), QdrantSchema.EMBEDDING, RIGHT)),
                wrong,
                "Unable to parse UUID");
        assertRefused(
                () -> points.upsert(upsert(PointId.getDefaultInstance(), QdrantSchema.EMBEDDING, RIGHT)),
                wrong,
                "No ID options");
        UpsertPoints one = upsert(ID, QdrantSchema.EMBEDDING, RIGHT);
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
                .addMust(ConditionFactory.match(QdrantSchema.DOCUMENT, 7))
                .build();
        for (Filter filter : List.of(unindexed, otherType)) {
            assertRefused(
                    () -> points.count(CountPoints.newBuilder()
                            .setCollectionName(name)
                            .setFilter(filter)
                            .setExact(true)
                            .build()),
                    Status.Code.INVALID_ARGUMENT,
                    "Index required");
            assertRefused(
                    () -> points.delete(DeletePoints.newBuilder()
                            .setCollectionName(name)
                            .setPoints(PointsSelector.newBuilder().setFilter(filter))
                            .build()),
                    Status.Code.INVALID_ARGUMENT,
                    "Index required");
        }
        Filter long3 = Filter.newBuilder()
                .addAllMust(Collections.nCopies(3, ConditionFactory.matchKeyword(QdrantSchema.DOCUMENT, "d")))
                .build();
        assertRefused(
                () -> points.count(CountPoints.newBuilder()
                        .setCollectionName(name)
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
                .setCollectionName(name)
                .setUsing(QdrantSchema.EMBEDDING)
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
    void update_metadata_isAddedToWhatThereIs() {
        UpdateCollection marked = UpdateCollection.newBuilder()
                .setCollectionName(name)
                .putMetadata("mark", ValueFactory.value("of a test"))
                .build();
        collections.update(marked);
        assertThat(metadata()).containsKeys("lectern_fingerprint", "mark");
        collections.update(marked.toBuilder()
                .putMetadata("mark", ValueFactory.value("of another"))
                .build());
        assertThat(metadata().get("mark")).isEqualTo(ValueFactory.value("of another"));
        collections.update(
                marked.toBuilder().putMetadata("mark", ValueFactory.nullValue()).build());
        assertThat(metadata()).containsOnlyKeys("lectern_fingerprint");
        assertRefused(
                () -> collections.update(
                        marked.toBuilder().setCollectionName("missing").build()),
                Status.Code.NOT_FOUND,
                "doesn't exist");
    }

    private Map<String, Value> metadata() {
        return collections
                .get(GetCollectionInfoRequest.newBuilder()
                        .setCollectionName(name)
                        .build())
                .getResult()
                .getConfig()
                .getMetadataMap();
    }

    @Test
    void create_again_isRefused() {
        assertRefused(() -> collections.create(named()), Status.Code.ALREADY_EXISTS, "already exists");
    }
}
