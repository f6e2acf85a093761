package dev.lectern.index.qdrant;

import dev.lectern.index.Bounds;
import dev.lectern.index.Hit;
import dev.lectern.index.IndexedDocument;
import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.Scope;
import dev.lectern.index.Selection;
import dev.lectern.index.qdrant.RemoteCollection.Limits;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.WriteOrdering;
import io.qdrant.client.grpc.Points.WriteOrderingType;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** An index in Qdrant. The collection is made or looked at by the first call, so that a Qdrant that cannot be reached delays nothing else. */
final class QdrantPassageIndex implements PassageIndex {
    /** Of one request; fewer where strict mode limits conditions. */
    static final int SELECTIONS = 50;

    private static final int PAGE = 5_000;

    /** How far the graph is searched, and how many more candidates than are asked for are ranked by their unquantised vectors. */
    static final int BEAM = 128;

    static final double OVERSAMPLING = 2;

    /** Changes of one point go through one node, so that a deletion never overtakes what it deletes. */
    private static final WriteOrdering IN_ORDER =
            WriteOrdering.newBuilder().setType(WriteOrderingType.Medium).build();

    private final EmbedderFingerprint fingerprint;
    private final Connection connection;
    private final RemoteCollection collection;
    private final SparseWords words;
    private final Passages passages;
    private final AtomicBoolean closed = new AtomicBoolean();

    QdrantPassageIndex(
            EmbedderFingerprint fingerprint, Connection connection, RemoteCollection collection, SparseWords words) {
        this.fingerprint = fingerprint;
        this.connection = connection;
        this.collection = collection;
        this.words = words;
        this.passages = new Passages(words);
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public void add(List<IndexedPassage> added) {
        Bounds.requireFit(added, fingerprint);
        requireOpen();
        if (added.isEmpty()) {
            return;
        }
        Limits limits = collection.ready(connection.forWriting());
        passages.send(added, limits.upsert(), this::upsert);
    }

    private void upsert(List<PointStruct> points) {
        UpsertPoints request = UpsertPoints.newBuilder()
                .setCollectionName(collection.name())
                .setWait(true)
                .setOrdering(IN_ORDER)
                .addAllPoints(points)
                .build();
        requireDone(connection.write(connection.forWriting(), (service, collections) -> service.upsert(request)));
    }

    @Override
    public void delete(List<Selection> selections) {
        requireOpen();
        if (selections.isEmpty()) {
            return;
        }
        int most = collection.ready(connection.forWriting()).selections();
        for (int start = 0; start < selections.size(); start += most) {
            DeletePoints request = DeletePoints.newBuilder()
                    .setCollectionName(collection.name())
                    .setWait(true)
                    .setOrdering(IN_ORDER)
                    .setPoints(PointsSelector.newBuilder()
                            .setFilter(
                                    Filters.of(selections.subList(start, Math.min(start + most, selections.size())))))
                    .build();
            requireDone(connection.write(connection.forWriting(), (service, collections) -> service.delete(request)));
        }
    }

    /** What was only received is not yet found by a search. */
    private void requireDone(PointsOperationResponse response) {
        if (response.getResult().getStatus() != UpdateStatus.Completed) {
            throw response.getResult().getStatus() == UpdateStatus.WaitTimeout
                    ? Failures.late(null)
                    : connection.failures().unavailable("Qdrant did not carry out a change. Try again.", null);
        }
    }

    @Override
    public List<Hit> lexical(String question, Scope scope, int limit, Deadline deadline) {
        Bounds.requireLimit(limit);
        requireOpen();
        Deadline ours = connection.forSearching(deadline);
        connection.requireLeft(ours);
        if (scope.collections().ids().isEmpty()) {
            return List.of();
        }
        SparseVector sparse = words.ofQuestion(question);
        if (sparse.getIndicesCount() == 0) {
            return List.of();
        }
        Query nearest = QueryFactory.nearest(sparse.getValuesList(), sparse.getIndicesList());
        return search(limits -> QueryPoints.newBuilder().setUsing(Layout.WORDS).setQuery(nearest), scope, limit, ours);
    }

    @Override
    public List<Hit> dense(float[] embedding, Scope scope, int limit, Deadline deadline) {
        Bounds.requireLimit(limit);
        Bounds.requireFit(embedding, fingerprint);
        requireOpen();
        Deadline ours = connection.forSearching(deadline);
        connection.requireLeft(ours);
        if (scope.collections().ids().isEmpty()) {
            return List.of();
        }
        return search(
                limits -> QueryPoints.newBuilder()
                        .setUsing(Layout.EMBEDDING)
                        .setQuery(QueryFactory.nearest(embedding))
                        .setParams(rescored(limits)),
                scope,
                limit,
                ours);
    }

    private static SearchParams rescored(Limits limits) {
        return SearchParams.newBuilder()
                .setHnswEf(limits.beam())
                .setQuantization(
                        QuantizationSearchParams.newBuilder().setRescore(true).setOversampling(limits.oversampling()))
                .build();
    }

    private List<Hit> search(Function<Limits, QueryPoints.Builder> leg, Scope scope, int limit, Deadline deadline) {
        Limits limits = collection.ready(deadline);
        QueryPoints.Builder query = leg.apply(limits)
                .setCollectionName(collection.name())
                .setFilter(Filters.of(scope))
                .setWithPayload(WithPayloadSelectorFactory.include(Layout.OF_A_HIT));
        return Ranked.of(limit, limits.query(), most -> {
            QueryPoints request = query.setLimit(most).build();
            return connection
                    .read(deadline, (service, collections) -> service.query(request))
                    .getResultList();
        });
    }

    @Override
    public long count(Scope scope) {
        requireOpen();
        if (scope.collections().ids().isEmpty()) {
            return 0;
        }
        Deadline deadline = connection.forWriting();
        collection.ready(deadline);
        CountPoints request = CountPoints.newBuilder()
                .setCollectionName(collection.name())
                .setFilter(Filters.of(scope))
                .setExact(true)
                .build();
        return connection
                .read(deadline, (service, collections) -> service.count(request))
                .getResult()
                .getCount();
    }

    @Override
    public void forEachDocument(Consumer<IndexedDocument> action) {
        requireOpen();
        Limits limits = collection.ready(connection.forWriting());
        Contents.show(
                collection.name(),
                Math.min(PAGE, limits.query()),
                request -> connection.read(connection.forWriting(), (service, collections) -> service.scroll(request)),
                action);
    }

    @Override
    public void check() {
        requireOpen();
        collection.check();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw connection.failures().closed();
        }
    }

    /** The connection belongs to the store. */
    @Override
    public void close() {
        closed.set(true);
    }

    @Override
    public String toString() {
        return "Qdrant[" + collection.name() + "]";
    }
}
