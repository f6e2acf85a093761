package dev.lectern.index.qdrant;

import dev.lectern.index.Bounds;
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
 * The collection of a fingerprint in Qdrant: made once by whichever node comes first, completed by any that finds it half made. When it disappears
 * later, that is a failure and not an empty collection: the next start makes it again and fills it. Another library's is refused and left as it is.
 */
final class RemoteCollection {
    /**
     * What a request may ask for or bring.
     *
     * @param upsert points of one request
     * @param query points of one answer
     * @param selections of one deletion
     * @param beam how far the graph is searched
     * @param oversampling how many times as many candidates as are asked for are ranked by their unquantised vectors
     */
    record Limits(int upsert, int query, int selections, int beam, double oversampling) {}

    private final EmbedderFingerprint fingerprint;
    private final String name;
    private final Layout layout;
    private final Ownership ownership;
    private final QdrantIndexProperties settings;
    private final Connection connection;
    private volatile @Nullable Limits limits;

    RemoteCollection(
            EmbedderFingerprint fingerprint,
            Layout layout,
            Ownership ownership,
            QdrantIndexProperties settings,
            Connection connection) {
        this.fingerprint = fingerprint;
        this.name = layout.name(fingerprint);
        this.layout = layout;
        this.ownership = ownership;
        this.settings = settings;
        this.connection = connection;
    }

    String name() {
        return name;
    }

    /** Makes sure once that the collection and its indexes are there, in spite of an interrupt; several may do it at the same time. */
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
        requireNotAnothers(info.getConfig());
        if (!layout.fits(info.getConfig(), fingerprint)) {
            throw connection
                    .failures()
                    .unavailable(
                            "The collection " + name
                                    + " in Qdrant was not made by this version of Lectern for this embedding model. Choose another LECTERN_INDEX_QDRANT_COLLECTION_PREFIX, or delete the collection.",
                            null);
        }
        if (ownership.isNobodys(info.getConfig())) {
            adopt(deadline);
        }
        for (String field : Layout.INDEXED) {
            if (!info.containsPayloadSchema(field)) {
                connection.write(deadline, (points, collections) -> points.createFieldIndex(layout.index(name, field)));
            }
        }
        return limits(info.getConfig().getStrictModeConfig());
    }

    private boolean exists(Deadline deadline) {
        CollectionExistsRequest request =
                CollectionExistsRequest.newBuilder().setCollectionName(name).build();
        return connection
                .write(deadline, (points, collections) -> collections.collectionExists(request))
                .getResult()
                .getExists();
    }

    private void create(Deadline deadline) {
        CreateCollection request = ownership.mark(layout.collection(fingerprint));
        try {
            connection.write(deadline, (points, collections) -> collections.create(request));
        } catch (LecternException e) {
            // Another node, or the first try of this one, was faster.
            if (Status.fromThrowable(e).getCode() != Status.Code.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    /** One of an earlier version. Other nodes of this library may do the same; of two libraries that do it at once, one at most goes on. */
    private void adopt(Deadline deadline) {
        update(ownership.claim(name), deadline);
        CollectionConfig claimed = info(deadline).getConfig();
        requireNotAnothers(claimed);
        if (ownership.isNobodys(claimed) && ownership.isClaimedByOthers(claimed)) {
            throw anothers();
        }
        update(ownership.adoption(name), deadline);
    }

    private void update(UpdateCollection request, Deadline deadline) {
        connection.write(deadline, (points, collections) -> collections.update(request));
    }

    private void requireNotAnothers(CollectionConfig found) {
        if (ownership.isAnothers(found)) {
            // Nothing more is sent there, also when it was this library's before.
            limits = null;
            throw anothers();
        }
    }

    private LecternException anothers() {
        return connection
                .failures()
                .unavailable(
                        "The collection " + name
                                + " in Qdrant belongs to another library. Choose another LECTERN_INDEX_QDRANT_COLLECTION_PREFIX, or delete the collection if that library is gone.",
                        null);
    }

    private CollectionInfo info(Deadline deadline) {
        GetCollectionInfoRequest request =
                GetCollectionInfoRequest.newBuilder().setCollectionName(name).build();
        return connection
                .write(deadline, (points, collections) -> collections.get(request))
                .getResult();
    }

    private Limits limits(StrictModeConfig strict) {
        int upsert = strict.hasUpsertMaxBatchsize() ? bounded(strict.getUpsertMaxBatchsize()) : Integer.MAX_VALUE;
        int query = strict.hasMaxQueryLimit() ? bounded(strict.getMaxQueryLimit()) : Integer.MAX_VALUE;
        int conditions = strict.hasFilterMaxConditions() ? bounded(strict.getFilterMaxConditions()) : Integer.MAX_VALUE;
        int beam = strict.hasSearchMaxHnswEf() ? bounded(strict.getSearchMaxHnswEf()) : Integer.MAX_VALUE;
        double oversampling = strict.hasSearchMaxOversampling() ? strict.getSearchMaxOversampling() : Double.MAX_VALUE;
        require("max_query_limit", query, Bounds.MAX_LIMIT);
        require("filter_max_conditions", conditions, Filters.CONDITIONS);
        if (strict.hasSearchAllowExact() && !strict.getSearchAllowExact()) {
            throw tooStrict("search_allow_exact false", "true, since it counts exactly");
        }
        return new Limits(
                Math.min(settings.batchPassages(), upsert),
                Math.min(Ranked.MOST, query),
                Math.min(QdrantPassageIndex.SELECTIONS, conditions / Filters.CONDITIONS),
                Math.min(QdrantPassageIndex.BEAM, beam),
                Math.clamp(oversampling, 1, QdrantPassageIndex.OVERSAMPLING));
    }

    private void require(String limit, int found, int least) {
        if (found < least) {
            throw tooStrict(limit + " " + found, least + " or more");
        }
    }

    private LecternException tooStrict(String found, String needed) {
        return connection
                .failures()
                .unavailable(
                        "Qdrant's strict mode has " + found + " for the collection " + name + "; Lectern needs "
                                + needed + ".",
                        null);
    }

    private static int bounded(long limit) {
        return (int) Math.clamp(limit, 1L, Integer.MAX_VALUE);
    }

    /** Quick, and changes nothing: a collection that was not there yet is made by the first use. */
    void check() {
        GetCollectionInfoRequest request =
                GetCollectionInfoRequest.newBuilder().setCollectionName(name).build();
        try {
            CollectionInfo info = connection
                    .probe((points, collections) -> collections.get(request))
                    .getResult();
            requireNotAnothers(info.getConfig());
            if (info.getStatus() == CollectionStatus.Red) {
                throw connection
                        .failures()
                        .unavailable(
                                "Qdrant says that the collection " + name + " is damaged. Look into Qdrant's log.",
                                null);
            }
        } catch (LecternException e) {
            if (limits != null || Status.fromThrowable(e).getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
        }
    }
}
