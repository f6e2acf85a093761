package dev.lectern.index;

import dev.lectern.index.lucene.LuceneIndexStore;
import dev.lectern.index.qdrant.QdrantIndexProperties;
import dev.lectern.index.qdrant.QdrantIndexStore;
import dev.lectern.index.qdrant.QdrantProperties;
import dev.lectern.shared.LecternException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Opens the target index of a migration, before the installation's settings are changed. The caller closes it. */
public final class TargetIndexFactory {
    private TargetIndexFactory() {}

    /** The Lucene index of a data folder, as a server without {@code LECTERN_QDRANT_URL} uses it. */
    public static PassageIndexRegistry openFolder(Path dataFolder, InstantSource clock) {
        return new PassageIndexRegistry(new LuceneIndexStore(dataFolder.resolve("index"), clock));
    }

    /**
     * An index in Qdrant. The connection is opened on first use.
     *
     * @param url as in {@code LECTERN_QDRANT_URL}
     * @param settings all other settings, by key
     * @param owner the library that the index is filled from
     * @throws LecternException {@code INVALID_REQUEST} for invalid settings
     */
    public static PassageIndexRegistry openQdrant(
            String url, Map<String, String> settings, IndexOwner owner, ExecutorService executor, InstantSource clock) {
        Map<String, String> there = new HashMap<>(settings);
        there.put("lectern.qdrant.url", url);
        Binder binder = new Binder(new MapConfigurationPropertySource(there));
        return new PassageIndexRegistry(QdrantIndexStore.of(
                binder.bindOrCreate("lectern.qdrant", QdrantProperties.class),
                binder.bindOrCreate("lectern.index.qdrant", QdrantIndexProperties.class),
                owner,
                executor,
                clock));
    }
}
