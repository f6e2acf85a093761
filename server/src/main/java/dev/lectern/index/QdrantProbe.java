package dev.lectern.index;

import dev.lectern.index.qdrant.QdrantIndexProperties;
import dev.lectern.index.qdrant.QdrantIndexStore;
import dev.lectern.index.qdrant.QdrantProperties;
import dev.lectern.observability.spi.TaskThreads;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Connects to the configured Qdrant server and reports its version and indexes, without starting the application. */
public final class QdrantProbe {
    private QdrantProbe() {}

    /**
     * Result of the probe.
     *
     * @param version such as {@code 1.18.3}
     * @param indexes number of indexes that belong to this library
     * @param others number of indexes of other libraries under the same prefix
     */
    public record Found(String version, int indexes, int others) {}

    /**
     * Requests the version and the list of collections; the API key needs read permission.
     *
     * @param properties the configured settings, by key
     * @param owner called only when an index with an owner is found
     * @return empty when no Qdrant server is configured
     * @throws LecternException {@code INVALID_REQUEST} for invalid settings, {@code INDEX_UNAVAILABLE} with instructions
     */
    public static Optional<Found> probe(Map<String, String> properties, IndexOwner owner, InstantSource clock) {
        Binder binder = new Binder(new MapConfigurationPropertySource(properties));
        QdrantProperties access = binder.bindOrCreate("lectern.qdrant", QdrantProperties.class);
        if (!access.isConfigured()) {
            return Optional.empty();
        }
        QdrantIndexProperties settings = binder.bindOrCreate("lectern.index.qdrant", QdrantIndexProperties.class);
        try (ExecutorService executor = TaskThreads.newVirtualThreadExecutor("qdrant-probe-");
                QdrantIndexStore store = QdrantIndexStore.of(access, settings, owner, executor, clock)) {
            String version = store.version();
            QdrantIndexStore.Indexes found = store.indexes();
            return Optional.of(
                    new Found(version, found.own().size(), found.others().size()));
        }
    }
}
