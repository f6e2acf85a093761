package dev.lectern.index.qdrant;

import dev.lectern.index.IndexStore;
import dev.lectern.index.PassageIndex;
import dev.lectern.observability.spi.Circuit;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** Indexes in one Qdrant, or in one cluster of them, by one connection. */
public final class QdrantStore implements IndexStore {
    private final QdrantAddress address;
    private final QdrantIndexProperties settings;
    private final Connection connection;
    private final Layout layout;
    private final SparseWords words = new SparseWords();

    private QdrantStore(QdrantAddress address, QdrantIndexProperties settings, Connection connection) {
        this.address = address;
        this.settings = settings;
        this.connection = connection;
        this.layout = new Layout(settings);
    }

    /** For looking once how Qdrant is: nothing stops its calls. */
    public static QdrantStore of(
            QdrantProperties access, QdrantIndexProperties settings, Executor executor, InstantSource clock) {
        return of(access, settings, Circuit.none(), executor, clock);
    }

    /**
     * Connects when it is first used.
     *
     * @param circuit that stops calls to a Qdrant which keeps failing
     * @param executor runs what follows an answer, shortly
     * @throws LecternException {@code INVALID_REQUEST} for an address or certificates that cannot be
     */
    public static QdrantStore of(
            QdrantProperties access,
            QdrantIndexProperties settings,
            Circuit circuit,
            Executor executor,
            InstantSource clock) {
        QdrantAddress address = QdrantAddress.of(access.url());
        return new QdrantStore(address, settings, new Connection(address, access, settings, circuit, executor, clock));
    }

    @Override
    public PassageIndex open(EmbedderFingerprint fingerprint) {
        return new QdrantPassageIndex(
                fingerprint, connection, new RemoteCollection(fingerprint, layout, settings, connection), words);
    }

    @Override
    public Set<String> fingerprintIds() {
        Set<String> ids = new TreeSet<>();
        connection
                .read(
                        connection.forWriting(),
                        (points, collections) -> collections.list(ListCollectionsRequest.getDefaultInstance()))
                .getCollectionsList()
                .stream()
                .map(CollectionDescription::getName)
                .map(layout::fingerprintId)
                .forEach(id -> id.ifPresent(ids::add));
        return ids;
    }

    /** Qdrant answers the same whether there was a collection or not. */
    @Override
    public void discard(EmbedderFingerprint fingerprint) {
        DeleteCollection request = DeleteCollection.newBuilder()
                .setCollectionName(layout.name(fingerprint))
                .build();
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
