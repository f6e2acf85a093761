package dev.lectern.index.qdrant;

import dev.lectern.index.IndexLimits;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import org.jspecify.annotations.Nullable;

/**
 * The Qdrant collection of a fingerprint. The first node creates it; any node completes a partially created one. A collection that disappears later is
 * an error and is recreated and filled at the next start. A collection of another library is refused and not modified.
 */
final class QdrantCollection {
    /**
     * Limits of single requests, from the settings and the server's strict mode.
     *
     * @param upsert maximum number of points of one upsert
     * @param query maximum number of points of one response
     * @param selections maximum number of selections of one delete
     * @param beam beam width of the graph search (hnsw_ef)
     * @param oversampling factor of additional candidates that are rescored by unquantised vectors
     * @param documents maximum number of documents that one condition names
     */
    record Limits(int upsert, int query, int selections, int beam, double oversampling, int documents) {}

    private final EmbedderFingerprint fingerprint;
    private final String name;
    private final QdrantSchema qdrantSchema;
    private final CollectionOwnership collectionOwnership;
    private final QdrantIndexProperties settings;
    private final QdrantConnection qdrantConnection;
    private volatile @Nullable Limits limits;

    QdrantCollection(
            EmbedderFingerprint fingerprint,
            QdrantSchema qdrantSchema,
            CollectionOwnership collectionOwnership,
            QdrantIndexProperties settings,
            QdrantConnection qdrantConnection) {
        this.fingerprint = fingerprint;
        this.name = qdrantSchema.name(fingerprint);
        this.qdrantSchema = qdrantSchema;
        this.collectionOwnership = collectionOwnership;
        this.settings = settings;
        this.qdrantConnection = qdrantConnection;
    }

    String name() {
        return name;
    }

    /** Creates or verifies the collection and its payload indexes once, even when interrupted; several nodes may do this at the same time. */
    Limits ready(Deadline deadline) {
        Limits known = limits;
        if (known == null) {
            known = prepare(deadline);
            limits = known;
        }
        return known;
    }

    private Limits prepare(Deadline deadline) {
        if (!exists(deadline)) {
            create(deadline);
        }
        CollectionInfo info = info(deadline);
        requireNotOwnedByOther(info.getConfig());
        if (!qdrantSchema.matches(info.getConfig(), fingerprint)) {
            throw qdrantConnection
                    .failures()
                    .unavailable(
                            "The collection " + name
                                    + " in Qdrant was built by another version of Lectern or for another embedding"
                                    + " model. Set another LECTERN_INDEX_QDRANT_COLLECTION_PREFIX, or delete the"
                                    + " collection.",
                            null);
        }
        if (collectionOwnership.isUnowned(info.getConfig())) {
            adopt(deadline);
        }
        for (String field : QdrantSchema.INDEXED_FIELDS) {
            if (!info.containsPayloadSchema(field)) {
                qdrantConnection.write(
                        deadline, (points, collections) -> points.createFieldIndex(qdrantSchema.index(name, field)));
            }
        }
        return limits(info.getConfig().getStrictModeConfig());
    }

    private boolean exists(Deadline deadline) {
        CollectionExistsRequest request =
                CollectionExistsRequest.newBuilder().setCollectionName(name).build();
        return qdrantConnection
                .write(deadline, (points, collections) -> collections.collectionExists(request))
                .getResult()
                .getExists();
    }

    private void create(Deadline deadline) {
        CreateCollection request = collectionOwnership.mark(qdrantSchema.collection(fingerprint));
        try {
            qdrantConnection.write(deadline, (points, collections) -> collections.create(request));
        } catch (LecternException e) {
            // Another node, or an earlier attempt of this one, has created it.
            if (Status.fromThrowable(e).getCode() != Status.Code.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    /** Takes ownership of a collection of an earlier version. Other nodes of this library may do the same; of two libraries at most one succeeds. */
    private void adopt(Deadline deadline) {
        update(collectionOwnership.claim(name), deadline);
        CollectionConfig claimed = info(deadline).getConfig();
        requireNotOwnedByOther(claimed);
        if (collectionOwnership.isUnowned(claimed) && collectionOwnership.isClaimedByOthers(claimed)) {
            throw ownedByOther();
        }
        update(collectionOwnership.adoption(name), deadline);
    }

    private void update(UpdateCollection request, Deadline deadline) {
        qdrantConnection.write(deadline, (points, collections) -> collections.update(request));
    }

    private void requireNotOwnedByOther(CollectionConfig found) {
        if (collectionOwnership.isOwnedByOther(found)) {
            // Prevents further requests, even if the collection belonged to this library before.
            limits = null;
            throw ownedByOther();
        }
    }

    private LecternException ownedByOther() {
        return qdrantConnection
                .failures()
                .unavailable(
                        "The collection " + name
                                + " in Qdrant belongs to another library. Set another"
                                + " LECTERN_INDEX_QDRANT_COLLECTION_PREFIX, or delete the collection if that library"
                                + " no longer exists.",
                        null);
    }

    private CollectionInfo info(Deadline deadline) {
        GetCollectionInfoRequest request =
                GetCollectionInfoRequest.newBuilder().setCollectionName(name).build();
        return qdrantConnection
                .write(deadline, (points, collections) -> collections.get(request))
                .getResult();
    }

    private Limits limits(StrictModeConfig strict) {
        int upsert = strict.hasUpsertMaxBatchsize() ? bounded(strict.getUpsertMaxBatchsize()) : Integer.MAX_VALUE;
        int query = strict.hasMaxQueryLimit() ? bounded(strict.getMaxQueryLimit()) : Integer.MAX_VALUE;
        int conditions = strict.hasFilterMaxConditions() ? bounded(strict.getFilterMaxConditions()) : Integer.MAX_VALUE;
        int values = strict.hasConditionMaxSize() ? bounded(strict.getConditionMaxSize()) : Integer.MAX_VALUE;
        int beam = strict.hasSearchMaxHnswEf() ? bounded(strict.getSearchMaxHnswEf()) : Integer.MAX_VALUE;
        double oversampling = strict.hasSearchMaxOversampling() ? strict.getSearchMaxOversampling() : Double.MAX_VALUE;
        require("max_query_limit", query, IndexLimits.MAX_LIMIT);
        require("filter_max_conditions", conditions, QdrantFilterBuilder.CONDITIONS_PER_SCOPE);
        if (strict.hasSearchAllowExact() && !strict.getSearchAllowExact()) {
            throw tooStrict("search_allow_exact false", "true, because it counts exactly");
        }
        return new Limits(
                Math.min(settings.batchPassages(), upsert),
                Math.min(TieBreakingSearch.MAX_CANDIDATES, query),
                Math.min(QdrantPassageIndex.MAX_SELECTIONS, conditions / QdrantFilterBuilder.CONDITIONS_PER_SELECTION),
                Math.min(QdrantPassageIndex.BEAM, beam),
                Math.clamp(oversampling, 1, QdrantPassageIndex.OVERSAMPLING),
                Math.min(ScopePartitioner.MAX_DOCUMENTS, values));
    }

    private void require(String limit, int found, int least) {
        if (found < least) {
            throw tooStrict(limit + " " + found, least + " or more");
        }
    }

    private LecternException tooStrict(String found, String needed) {
        return qdrantConnection
                .failures()
                .unavailable(
                        "Qdrant's strict mode has " + found + " for the collection " + name + "; Lectern needs "
                                + needed + ".",
                        null);
    }

    private static int bounded(long limit) {
        return (int) Math.clamp(limit, 1L, Integer.MAX_VALUE);
    }

    /** A quick health check that changes nothing. A collection that does not exist yet is not an error: the first use creates it. */
    void check() {
        GetCollectionInfoRequest request =
                GetCollectionInfoRequest.newBuilder().setCollectionName(name).build();
        try {
            CollectionInfo info = qdrantConnection
                    .probe((points, collections) -> collections.get(request))
                    .getResult();
            requireNotOwnedByOther(info.getConfig());
            if (info.getStatus() == CollectionStatus.Red) {
                throw qdrantConnection
                        .failures()
                        .unavailable(
                                "Qdrant reports that the collection " + name + " is damaged. See Qdrant's log.", null);
            }
        } catch (LecternException e) {
            if (limits != null || Status.fromThrowable(e).getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
        }
    }
}
