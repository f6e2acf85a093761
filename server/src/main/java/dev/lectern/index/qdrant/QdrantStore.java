package dev.lectern.index.qdrant;

import dev.lectern.index.IndexOwner;
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

/** Indexes in one Qdrant, or in one cluster of them, by one connection. */
public final class QdrantStore implements IndexStore {
    private final QdrantAddress address;
    private final QdrantIndexProperties settings;
    private final Connection connection;
    private final Layout layout;
    private final Ownership ownership;
    private final SparseWords words = new SparseWords();

    private QdrantStore(
            QdrantAddress address, QdrantIndexProperties settings, IndexOwner owner, Connection connection) {
        this.address = address;
        this.settings = settings;
        this.connection = connection;
        this.layout = new Layout(settings);
        this.ownership = new Ownership(owner);
    }

    /** For looking once how Qdrant is: nothing stops its calls. */
    public static QdrantStore of(
            QdrantProperties access,
            QdrantIndexProperties settings,
            IndexOwner owner,
            Executor executor,
            InstantSource clock) {
        return of(access, settings, owner, CircuitBreaker.none(), executor, clock);
    }

    /**
     * Connects when it is first used.
     *
     * @param owner asked once, before anything is made or deleted
     * @param circuitBreaker that stops calls to a Qdrant which keeps failing
     * @param executor runs what follows an answer, shortly
     * @throws LecternException {@code INVALID_REQUEST} for an address or certificates that cannot be
     */
    public static QdrantStore of(
            QdrantProperties access,
            QdrantIndexProperties settings,
            IndexOwner owner,
            CircuitBreaker circuitBreaker,
            Executor executor,
            InstantSource clock) {
        QdrantAddress address = QdrantAddress.of(access.url());
        return new QdrantStore(
                address, settings, owner, new Connection(address, access, settings, circuitBreaker, executor, clock));
    }

    @Override
    public PassageIndex open(EmbedderFingerprint fingerprint) {
        return new QdrantPassageIndex(
                fingerprint,
                connection,
                new RemoteCollection(fingerprint, layout, ownership, settings, connection),
                words);
    }

    @Override
    public Set<String> fingerprintIds() {
        return indexes().own();
    }

    /**
     * What there is under the prefix.
     *
     * @param own ids of the fingerprints that this library has indexes of
     * @param others likewise of other libraries
     */
    public record Indexes(Set<String> own, Set<String> others) {}

    public Indexes indexes() {
        Set<String> own = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        names().forEach(name -> layout.fingerprintId(name)
                .ifPresent(
                        id -> config(name).ifPresent(found -> (ownership.isAnothers(found) ? others : own).add(id))));
        return new Indexes(own, others);
    }

    private List<String> names() {
        return connection
                .read(
                        connection.forWriting(),
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
            return Optional.of(connection
                    .write(connection.forWriting(), (points, collections) -> collections.get(request))
                    .getResult()
                    .getConfig());
        } catch (LecternException e) {
            if (Status.fromThrowable(e).getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What another library has under the same name stays: this one has no index there. */
    @Override
    public void discard(EmbedderFingerprint fingerprint) {
        String name = layout.name(fingerprint);
        if (config(name).filter(found -> !ownership.isAnothers(found)).isEmpty()) {
            return;
        }
        DeleteCollection request =
                DeleteCollection.newBuilder().setCollectionName(name).build();
        connection.write(connection.forWriting(), (points, collections) -> collections.delete(request));
    }

    @Override
    public void check() {
        connection.version(connection.forProbing());
    }

    /** The version that answers, such as {@code 1.18.3}; takes its time, unlike {@link #check}. */
    public String version() {
        return connection.version(connection.forWriting());
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "Qdrant[" + address + "]";
    }
}
