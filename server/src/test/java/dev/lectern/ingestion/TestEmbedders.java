package dev.lectern.ingestion;

import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Embedders by name, of which the first is configured. */
public final class TestEmbedders extends EmbedderRegistry {
    private final Map<String, Embedder> all;

    public TestEmbedders(String configured, Embedder embedder) {
        this(configured, new ConcurrentHashMap<>(Map.of(configured, embedder)));
    }

    private TestEmbedders(String configured, Map<String, Embedder> all) {
        super(configured, name -> find(all, name));
        this.all = all;
    }

    public TestEmbedders with(String name, Embedder embedder) {
        all.put(name, embedder);
        return this;
    }

    private static Embedder find(Map<String, Embedder> all, String name) {
        Embedder embedder = all.get(name);
        if (embedder == null) {
            throw new LecternException(ErrorCode.INVALID_REQUEST, name + " is no embedder.");
        }
        return embedder;
    }

    /** Several programs of a test share the embedders, and each closes what it was given. */
    @Override
    public void close() {}
}
