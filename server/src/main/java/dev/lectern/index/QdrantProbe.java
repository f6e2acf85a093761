package dev.lectern.index;

import dev.lectern.index.qdrant.QdrantIndexProperties;
import dev.lectern.index.qdrant.QdrantProperties;
import dev.lectern.index.qdrant.QdrantStore;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Looks at the Qdrant of a configuration without starting anything. */
public final class QdrantProbe {
    private QdrantProbe() {}

    /**
     * What was found.
     *
     * @param version such as {@code 1.18.3}
     * @param indexes of fingerprints that this library has there
     * @param others indexes that other libraries have there under the same prefix
     */
    public record Found(String version, int indexes, int others) {}

    /**
     * Asks for the version, and for the collections, which takes a key that may read.
     *
     * @param properties the settings that are set, by key
     * @param owner asked only when an index is found that is somebody's
     * @return empty when no Qdrant is configured
     * @throws LecternException {@code INVALID_REQUEST} for settings that cannot be, {@code INDEX_UNAVAILABLE} with what to do
     */
    public static Optional<Found> look(Map<String, String> properties, IndexOwner owner, InstantSource clock) {
        Binder binder = new Binder(new MapConfigurationPropertySource(properties));
        QdrantProperties access = binder.bindOrCreate("lectern.qdrant", QdrantProperties.class);
        if (!access.isConfigured()) {
            return Optional.empty();
        }
        QdrantIndexProperties settings = binder.bindOrCreate("lectern.index.qdrant", QdrantIndexProperties.class);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                QdrantStore store = QdrantStore.of(access, settings, owner, executor, clock)) {
            String version = store.version();
            QdrantStore.Indexes found = store.indexes();
            return Optional.of(
                    new Found(version, found.own().size(), found.others().size()));
        }
    }
}
