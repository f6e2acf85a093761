package dev.lectern.index;

import dev.lectern.index.lucene.LuceneStore;
import dev.lectern.index.qdrant.QdrantIndexProperties;
import dev.lectern.index.qdrant.QdrantProperties;
import dev.lectern.index.qdrant.QdrantStore;
import dev.lectern.shared.LecternException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Indexes elsewhere than where this installation has them, for filling them before it changes its settings. Closed by the caller. */
public final class IndexPlaces {
    private IndexPlaces() {}

    /** Where a server without {@code LECTERN_QDRANT_URL} has them. */
    public static PassageIndexes folder(Path dataFolder, InstantSource clock) {
        return new PassageIndexes(new LuceneStore(dataFolder.resolve("index"), clock));
    }

    /**
     * Connects when it is first used.
     *
     * @param url of the form of {@code LECTERN_QDRANT_URL}
     * @param settings the others, by key
     * @param owner the library that it is filled from
     * @throws LecternException {@code INVALID_REQUEST} for settings that cannot be
     */
    public static PassageIndexes qdrant(
            String url, Map<String, String> settings, IndexOwner owner, ExecutorService executor, InstantSource clock) {
        Map<String, String> there = new HashMap<>(settings);
        there.put("lectern.qdrant.url", url);
        Binder binder = new Binder(new MapConfigurationPropertySource(there));
        return new PassageIndexes(QdrantStore.of(
                binder.bindOrCreate("lectern.qdrant", QdrantProperties.class),
                binder.bindOrCreate("lectern.index.qdrant", QdrantIndexProperties.class),
                owner,
                executor,
                clock));
    }
}
