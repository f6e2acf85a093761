package dev.lectern.index.qdrant;

import dev.lectern.index.IndexLimits;
import dev.lectern.index.IndexedDocument;
import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.index.qdrant.QdrantCollection.Limits;
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

/** An index in Qdrant. The collection is created or verified by the first call, so that an unreachable Qdrant does not delay the start. */
final class QdrantPassageIndex implements PassageIndex {
    /** Maximum number of selections of one delete request; fewer when strict mode limits conditions. */
    static final int MAX_SELECTIONS = 50;

    private static final int PAGE = 5_000;

    /** Beam width of the graph search (hnsw_ef). */
    static final int BEAM = 512;

    /** Factor of additional candidates that are rescored by unquantised vectors. */
    static final double OVERSAMPLING = 2;

    /** Compares the unquantised vectors of all points that the filter lets through. */
    private static final SearchParams EXACT =
            SearchParams.newBuilder().setExact(true).build();

    /** Writes to one point go through one node, so that a delete never overtakes the upsert before it. */
    private static final WriteOrdering IN_ORDER =
            WriteOrdering.newBuilder().setType(WriteOrderingType.Medium).build();

    private final EmbedderFingerprint fingerprint;
    private final QdrantConnection qdrantConnection;
    private final QdrantCollection collection;
    private final SparseVectorEncoder words;
    private final ExactSearchRule exactSearchRule;
    private final PointBatcher pointBatcher;
    private final AtomicBoolean closed = new AtomicBoolean();

    QdrantPassageIndex(
            EmbedderFingerprint fingerprint,
            QdrantConnection qdrantConnection,
            QdrantCollection collection,
            SparseVectorEncoder words,
            ExactSearchRule exactSearchRule) {
        this.fingerprint = fingerprint;
        this.qdrantConnection = qdrantConnection;
        this.collection = collection;
        this.words = words;
        this.exactSearchRule = exactSearchRule;
        this.pointBatcher = new PointBatcher(words);
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public void add(List<IndexedPassage> added) {
        IndexLimits.requireBatch(added, fingerprint);
        requireOpen();
        if (added.isEmpty()) {
            return;
        }
        Limits limits = collection.ready(qdrantConnection.writeDeadline());
        pointBatcher.send(added, limits.upsert(), this::upsert);
    }

    private void upsert(List<PointStruct> points) {
        UpsertPoints request = UpsertPoints.newBuilder()
                .setCollectionName(collection.name())
                .setWait(true)
                .setOrdering(IN_ORDER)
                .addAllPoints(points)
                .build();
        requireDone(qdrantConnection.write(
                qdrantConnection.writeDeadline(), (service, collections) -> service.upsert(request)));
    }

    @Override
    public void delete(List<PassageSelection> selections) {
        requireOpen();
        if (selections.isEmpty()) {
            return;
        }
        int most = collection.ready(qdrantConnection.writeDeadline()).selections();
        for (int start = 0; start < selections.size(); start += most) {
            DeletePoints request = DeletePoints.newBuilder()
                    .setCollectionName(collection.name())
                    .setWait(true)
                    .setOrdering(IN_ORDER)
                    .setPoints(PointsSelector.newBuilder()
                            .setFilter(QdrantFilterBuilder.of(
                                    selections.subList(start, Math.min(start + most, selections.size())))))
                    .build();
            requireDone(qdrantConnection.write(
                    qdrantConnection.writeDeadline(), (service, collections) -> service.delete(request)));
        }
    }

    /** An update that is only acknowledged is not yet visible to searches. */
    private void requireDone(PointsOperationResponse response) {
        if (response.getResult().getStatus() != UpdateStatus.Completed) {
            throw response.getResult().getStatus() == UpdateStatus.WaitTimeout
                    ? QdrantExceptionTranslator.deadlineExceeded(null)
                    : qdrantConnection.failures().unavailable("Qdrant did not complete the update. Try again.", null);
        }
    }

    @Override
    public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
        IndexLimits.requireLimit(limit);
        requireOpen();
        Deadline ours = qdrantConnection.searchDeadline(deadline);
        qdrantConnection.requireNotExpired(ours);
        if (searchScope.collections().ids().isEmpty()) {
            return List.of();
        }
        SparseVector sparse = words.encodeQuestion(question);
        if (sparse.getIndicesCount() == 0) {
            return List.of();
        }
        Query nearest = QueryFactory.nearest(sparse.getValuesList(), sparse.getIndicesList());
        return search(
                limits -> QueryPoints.newBuilder().setUsing(QdrantSchema.WORDS).setQuery(nearest),
                searchScope,
                limit,
                ours);
    }

    @Override
    public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
        IndexLimits.requireLimit(limit);
        IndexLimits.requireDimensions(embedding, fingerprint);
        requireOpen();
        Deadline ours = qdrantConnection.searchDeadline(deadline);
        qdrantConnection.requireNotExpired(ours);
        if (searchScope.collections().ids().isEmpty()) {
            return List.of();
        }
        boolean exact = exactSearchRule.isExact(searchScope, () -> count(searchScope, false, ours));
        return search(
                limits -> QueryPoints.newBuilder()
                        .setUsing(QdrantSchema.EMBEDDING)
                        .setQuery(QueryFactory.nearest(embedding))
                        .setParams(exact ? EXACT : rescored(limits)),
                searchScope,
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

    private List<SearchHit> search(
            Function<Limits, QueryPoints.Builder> leg, SearchScope searchScope, int limit, Deadline deadline) {
        Limits limits = collection.ready(deadline);
        return TieBreakingSearch.merge(
                ScopePartitioner.split(searchScope, limits.documents()).stream()
                        .map(part -> search(leg, part, limits, limit, deadline))
                        .toList(),
                limit);
    }

    private List<SearchHit> search(
            Function<Limits, QueryPoints.Builder> leg,
            SearchScope searchScope,
            Limits limits,
            int limit,
            Deadline deadline) {
        QueryPoints.Builder query = leg.apply(limits)
                .setCollectionName(collection.name())
                .setFilter(QdrantFilterBuilder.of(searchScope, limits.documents()))
                .setWithPayload(WithPayloadSelectorFactory.include(QdrantSchema.HIT_FIELDS));
        return TieBreakingSearch.of(limit, limits.query(), most -> {
            QueryPoints request = query.setLimit(most).build();
            return qdrantConnection
                    .read(deadline, (service, collections) -> service.query(request))
                    .getResultList();
        });
    }

    @Override
    public long count(SearchScope searchScope) {
        requireOpen();
        if (searchScope.collections().ids().isEmpty()) {
            return 0;
        }
        return count(searchScope, true, qdrantConnection.writeDeadline());
    }

    /** @param exact whether an estimate will not do */
    private long count(SearchScope searchScope, boolean exact, Deadline deadline) {
        Limits limits = collection.ready(deadline);
        return ScopePartitioner.split(searchScope, limits.documents()).stream()
                .mapToLong(part -> count(part, limits, exact, deadline))
                .sum();
    }

    private long count(SearchScope searchScope, Limits limits, boolean exact, Deadline deadline) {
        CountPoints request = CountPoints.newBuilder()
                .setCollectionName(collection.name())
                .setFilter(QdrantFilterBuilder.of(searchScope, limits.documents()))
                .setExact(exact)
                .build();
        return qdrantConnection
                .read(deadline, (service, collections) -> service.count(request))
                .getResult()
                .getCount();
    }

    @Override
    public void forEachDocument(Consumer<IndexedDocument> action) {
        requireOpen();
        Limits limits = collection.ready(qdrantConnection.writeDeadline());
        QdrantDocumentCounter.count(
                collection.name(),
                Math.min(PAGE, limits.query()),
                request -> qdrantConnection.read(
                        qdrantConnection.writeDeadline(), (service, collections) -> service.scroll(request)),
                action);
    }

    @Override
    public void check() {
        requireOpen();
        collection.check();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw qdrantConnection.failures().closed();
        }
    }

    /** Does not close the connection, which belongs to the store. */
    @Override
    public void close() {
        closed.set(true);
    }

    @Override
    public String toString() {
        return "Qdrant[" + collection.name() + "]";
    }
}
