package dev.lectern.index.qdrant;

import dev.lectern.index.IndexOwner;
import dev.lectern.index.IndexSearchProperties;
import dev.lectern.index.IndexStore;
import dev.lectern.index.PassageIndex;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** Stores indexes as collections of one Qdrant server or cluster, over one connection. */
public final class QdrantIndexStore implements IndexStore {
    private final QdrantAddress address;
    private final QdrantIndexProperties settings;
    private final IndexSearchProperties search;
    private final QdrantConnection qdrantConnection;
    private final QdrantSchema qdrantSchema;
    private final CollectionOwnership collectionOwnership;
    private final SparseVectorEncoder words = new SparseVectorEncoder();

    private QdrantIndexStore(
            QdrantAddress address,
            QdrantIndexProperties settings,
            IndexSearchProperties search,
            IndexOwner owner,
            QdrantConnection qdrantConnection) {
        this.address = address;
        this.settings = settings;
        this.search = search;
        this.qdrantConnection = qdrantConnection;
        this.qdrantSchema = new QdrantSchema(settings);
        this.collectionOwnership = new CollectionOwnership(owner);
    }

    /** A store without a circuit breaker, for one-off checks and migrations. */
    public static QdrantIndexStore of(
            QdrantProperties access,
            QdrantIndexProperties settings,
            IndexOwner owner,
            Executor executor,
            InstantSource clock) {
        return of(access, settings, IndexSearchProperties.DEFAULT, owner, CircuitBreaker.none(), executor, clock);
    }

    /**
     * A store that connects on first use.
     *
     * @param owner called once, before anything is created or deleted
     * @param circuitBreaker circuit breaker for calls to Qdrant
     * @param executor runs short callbacks
     * @throws LecternException {@code INVALID_REQUEST} for an invalid address or invalid certificates
     */
    public static QdrantIndexStore of(
            QdrantProperties access,
            QdrantIndexProperties settings,
            IndexSearchProperties search,
            IndexOwner owner,
            CircuitBreaker circuitBreaker,
            Executor executor,
            InstantSource clock) {
        QdrantAddress address = QdrantAddress.of(access.url());
        return new QdrantIndexStore(
                address,
                settings,
                search,
                owner,
                new QdrantConnection(address, access, settings, circuitBreaker, executor, clock));
    }

    @Override
    public PassageIndex open(EmbedderFingerprint fingerprint) {
        return new QdrantPassageIndex(
                fingerprint,
                qdrantConnection,
                new QdrantCollection(fingerprint, qdrantSchema, collectionOwnership, settings, qdrantConnection),
                words,
                new ExactSearchRule(search));
    }

    @Override
    public Set<String> fingerprintIds() {
        return indexes().own();
    }

    /**
     * The indexes under the configured prefix.
     *
     * @param own fingerprint ids of the indexes of this library
     * @param others fingerprint ids of the indexes of other libraries
     */
    public record Indexes(Set<String> own, Set<String> others) {}

    public Indexes indexes() {
        Set<String> own = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        names().forEach(name -> qdrantSchema
                .fingerprintId(name)
                .ifPresent(id -> config(name)
                        .ifPresent(found -> (collectionOwnership.isOwnedByOther(found) ? others : own).add(id))));
        return new Indexes(own, others);
    }

    private List<String> names() {
        return qdrantConnection
                .read(
                        qdrantConnection.writeDeadline(),
                        (points, collections) -> collections.list(ListCollectionsRequest.getDefaultInstance()))
                .getCollectionsList()
                .stream()
                .map(CollectionDescription::getName)
                .toList();
    }

    private Optional<CollectionConfig> config(String name) {
        GetCollectionInfoRequest request =
                GetCollectionInfoRequest.newBuilder().setCollectionName(name).build();
        try {
            return Optional.of(qdrantConnection
                    .write(qdrantConnection.writeDeadline(), (points, collections) -> collections.get(request))
                    .getResult()
                    .getConfig());
        } catch (LecternException e) {
            if (Status.fromThrowable(e).getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Does not delete a collection that belongs to another library. */
    @Override
    public void discard(EmbedderFingerprint fingerprint) {
        String name = qdrantSchema.name(fingerprint);
        if (config(name)
                .filter(found -> !collectionOwnership.isOwnedByOther(found))
                .isEmpty()) {
            return;
        }
        DeleteCollection request =
                DeleteCollection.newBuilder().setCollectionName(name).build();
        qdrantConnection.write(qdrantConnection.writeDeadline(), (points, collections) -> collections.delete(request));
    }

    @Override
    public void check() {
        qdrantConnection.version(qdrantConnection.probeDeadline());
    }

    /** Qdrant's version, such as {@code 1.18.3}; has a longer deadline than {@link #check}. */
    public String version() {
        return qdrantConnection.version(qdrantConnection.writeDeadline());
    }

    @Override
    public void close() {
        qdrantConnection.close();
    }

    @Override
    public String toString() {
        return "Qdrant[" + address + "]";
    }
}
