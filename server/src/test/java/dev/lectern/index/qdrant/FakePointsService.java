package dev.lectern.index.qdrant;

import static dev.lectern.index.qdrant.GrpcErrorResponder.answer;
import static dev.lectern.index.qdrant.GrpcErrorResponder.requireInput;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FieldType;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.PointsGrpc.PointsImplBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Qdrant's points service with the methods that Lectern uses; all others, including deprecated searches, are unimplemented. */
final class FakePointsService extends PointsImplBase {
    private static final int DEFAULT_LIMIT = 10;

    /** What is not waited for is carried out so much later. */
    private static final Duration LATER = Duration.ofMillis(200);

    private final FakeCollectionsService collections;

    FakePointsService(FakeCollectionsService collections) {
        this.collections = collections;
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        answer(observer, () -> {
            FakeCollection collection = collections.collection(request.getCollectionName());
            boolean keyword = request.getFieldType() == FieldType.FieldTypeKeyword;
            requireInput(
                    keyword
                            ? request.getFieldIndexParams().hasKeywordIndexParams()
                            : request.getFieldType() == FieldType.FieldTypeInteger
                                    && request.getFieldIndexParams().hasIntegerIndexParams(),
                    "the parameters are not those of the type");
            return update(
                    request.getWait(),
                    () -> collection.index(
                            request.getFieldName(), keyword ? PayloadSchemaType.Keyword : PayloadSchemaType.Integer));
        });
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> observer) {
        answer(observer, () -> {
            FakeCollection collection = collections.collection(request.getCollectionName());
            StrictModeConfig strict = collection.strict();
            if (strict.hasUpsertMaxBatchsize() && request.getPointsCount() > strict.getUpsertMaxBatchsize()) {
                throw GrpcErrorResponder.badRequest("Limit exceeded " + request.getPointsCount() + " > "
                        + strict.getUpsertMaxBatchsize() + " for \"upsert limit\"");
            }
            List<FakeCollection.Point> points =
                    request.getPointsList().stream().map(collection::checked).toList();
            return update(request.getWait(), () -> collection.put(points));
        });
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> observer) {
        answer(observer, () -> {
            FakeCollection collection = collections.collection(request.getCollectionName());
            requireInput(request.getPoints().hasFilter(), "Lectern deletes by filter alone");
            return update(
                    request.getWait(), collection.deletion(request.getPoints().getFilter()));
        });
    }

    private static PointsOperationResponse update(boolean wait, Runnable change) {
        if (wait) {
            change.run();
        } else {
            CompletableFuture<Void> _ = CompletableFuture.runAsync(
                    change, CompletableFuture.delayedExecutor(LATER.toMillis(), TimeUnit.MILLISECONDS));
        }
        return PointsOperationResponse.newBuilder()
                .setResult(
                        UpdateResult.newBuilder().setStatus(wait ? UpdateStatus.Completed : UpdateStatus.Acknowledged))
                .build();
    }

    @Override
    public void query(QueryPoints request, StreamObserver<QueryResponse> observer) {
        answer(observer, () -> {
            FakeCollection collection = collections.collection(request.getCollectionName());
            int limit = request.hasLimit() ? Math.toIntExact(request.getLimit()) : DEFAULT_LIMIT;
            requireLimit(limit, collection.strict());
            requireAllowed(request.getParams(), collection.strict());
            requireInput(request.getQuery().hasNearest(), "the test knows queries for the nearest alone");
            VectorInput nearest = request.getQuery().getNearest();
            List<FakeCollection.Scored> found = switch (nearest.getVariantCase()) {
                case DENSE ->
                    collection.nearest(
                            request.getUsing(), nearest.getDense().getDataList(), request.getFilter(), limit);
                case SPARSE -> collection.nearest(request.getUsing(), nearest.getSparse(), request.getFilter(), limit);
                default -> throw GrpcErrorResponder.wrongInput("the test knows dense and sparse vectors alone");
            };
            QueryResponse.Builder response = QueryResponse.newBuilder();
            found.forEach(hit -> response.addResult(ScoredPoint.newBuilder()
                    .setId(PointIdFactory.id(hit.point().id()))
                    .putAllPayload(selected(hit.point().payload(), request.getWithPayload()))
                    .setScore(hit.score())));
            return response.build();
        });
    }

    private static void requireLimit(long limit, StrictModeConfig strict) {
        requireInput(limit >= 1, "limit must be 1 or more");
        if (strict.hasMaxQueryLimit() && limit > strict.getMaxQueryLimit()) {
            throw GrpcErrorResponder.badRequest(
                    "Limit exceeded " + limit + " > " + strict.getMaxQueryLimit() + " for \"limit\"");
        }
    }

    private static void requireAllowed(SearchParams params, StrictModeConfig strict) {
        if (strict.hasSearchMaxHnswEf() && params.getHnswEf() > strict.getSearchMaxHnswEf()) {
            throw GrpcErrorResponder.badRequest("Limit exceeded for \"hnsw_ef\"");
        }
        if (strict.hasSearchMaxOversampling()
                && params.getQuantization().getOversampling() > strict.getSearchMaxOversampling()) {
            throw GrpcErrorResponder.badRequest("Limit exceeded for \"oversampling\"");
        }
        requireInput(
                !params.getQuantization().hasOversampling()
                        || params.getQuantization().getOversampling() >= 1,
                "oversampling must be 1 or more");
    }

    /** Without a selector a query gives no payload, and scrolling gives all of it. */
    private static Map<String, Value> selected(Map<String, Value> payload, WithPayloadSelector selector) {
        if (selector.hasInclude()) {
            return payload.entrySet().stream()
                    .filter(entry -> selector.getInclude().getFieldsList().contains(entry.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
        return selector.getEnable() ? payload : Map.of();
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> observer) {
        answer(observer, () -> {
            FakeCollection collection = collections.collection(request.getCollectionName());
            int limit = request.hasLimit() ? request.getLimit() : DEFAULT_LIMIT;
            requireLimit(limit, collection.strict());
            UUID from = request.hasOffset()
                    ? FakeCollection.uuid(request.getOffset())
                    : new UUID(Long.MIN_VALUE, Long.MIN_VALUE);
            List<FakeCollection.Point> rest = collection.matching(request.getFilter()).stream()
                    .filter(point -> point.id().compareTo(from) >= 0)
                    .limit(limit + 1L)
                    .toList();
            ScrollResponse.Builder response = ScrollResponse.newBuilder();
            rest.stream()
                    .limit(limit)
                    .forEach(point -> response.addResult(RetrievedPoint.newBuilder()
                            .setId(PointIdFactory.id(point.id()))
                            .putAllPayload(selected(point.payload(), request.getWithPayload()))));
            if (rest.size() > limit) {
                response.setNextPageOffset(PointIdFactory.id(rest.getLast().id()));
            }
            return response.build();
        });
    }

    /** What is not asked for exactly is estimated, and estimates are wrong. */
    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> observer) {
        answer(observer, () -> {
            FakeCollection collection = collections.collection(request.getCollectionName());
            boolean exact = !request.hasExact() || request.getExact();
            if (exact
                    && collection.strict().hasSearchAllowExact()
                    && !collection.strict().getSearchAllowExact()) {
                throw GrpcErrorResponder.badRequest("Exact search disabled!. Help: Set exact=false.");
            }
            long count = collection.matching(request.getFilter()).size();
            return CountResponse.newBuilder()
                    .setResult(CountResult.newBuilder().setCount(exact ? count : count + count / 10 + 1))
                    .build();
        });
    }
}
