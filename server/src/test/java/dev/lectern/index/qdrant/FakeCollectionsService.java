package dev.lectern.index.qdrant;

import static dev.lectern.index.qdrant.GrpcErrorResponder.answer;
import static dev.lectern.index.qdrant.GrpcErrorResponder.requireInput;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsImplBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Qdrant's collections service with the methods that Lectern uses; all others are unimplemented. */
final class FakeCollectionsService extends CollectionsImplBase {
    private final Map<String, FakeCollection> collections = new ConcurrentHashMap<>();
    /** What new collections get besides what they ask for. */
    volatile StrictModeConfig defaults = StrictModeConfig.getDefaultInstance();

    FakeCollection collection(String name) {
        FakeCollection collection = collections.get(name);
        if (collection == null) {
            throw GrpcErrorResponder.missing(name);
        }
        return collection;
    }

    void make(CreateCollection request) {
        if (collections.putIfAbsent(request.getCollectionName(), new FakeCollection(request, defaults)) != null) {
            throw GrpcErrorResponder.exists(request.getCollectionName());
        }
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> observer) {
        answer(observer, () -> {
            String name = request.getCollectionName();
            requireInput(name.matches("[^<>:\"/\\\\|?*\\u0000]{1,255}"), "collection name is not possible");
            request.getVectorsConfig().getParamsMap().getMapMap().forEach((vector, params) -> {
                requireInput(params.getSize() >= 1 && params.getSize() <= 65_536, "vectors.size must be 1 to 65536");
                requireInput(params.getDistanceValue() > 0, "distance is missing");
            });
            requireInput(
                    !request.hasReplicationFactor() || request.getReplicationFactor() >= 1,
                    "replication_factor must be 1 or more");
            make(request);
            return CollectionOperationResponse.newBuilder().setResult(true).build();
        });
    }

    /** Of all that can be changed only the metadata: it is added to what there is. */
    @Override
    public void update(UpdateCollection request, StreamObserver<CollectionOperationResponse> observer) {
        answer(observer, () -> {
            UpdateCollection known = UpdateCollection.newBuilder()
                    .setCollectionName(request.getCollectionName())
                    .putAllMetadata(request.getMetadataMap())
                    .build();
            requireInput(known.equals(request), "nothing but metadata is changed here");
            collection(request.getCollectionName()).add(request.getMetadataMap());
            return CollectionOperationResponse.newBuilder().setResult(true).build();
        });
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> observer) {
        answer(
                observer,
                () -> GetCollectionInfoResponse.newBuilder()
                        .setResult(collection(request.getCollectionName()).info())
                        .build());
    }

    @Override
    public void collectionExists(CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> observer) {
        answer(
                observer,
                () -> CollectionExistsResponse.newBuilder()
                        .setResult(CollectionExists.newBuilder()
                                .setExists(collections.containsKey(request.getCollectionName())))
                        .build());
    }

    @Override
    public void list(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> observer) {
        answer(observer, () -> {
            ListCollectionsResponse.Builder names = ListCollectionsResponse.newBuilder();
            collections
                    .keySet()
                    .forEach(name -> names.addCollections(
                            CollectionDescription.newBuilder().setName(name)));
            return names.build();
        });
    }

    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> observer) {
        answer(
                observer,
                () -> CollectionOperationResponse.newBuilder()
                        .setResult(collections.remove(request.getCollectionName()) != null)
                        .build());
    }
}
