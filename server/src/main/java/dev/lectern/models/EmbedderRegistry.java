package dev.lectern.models;

import dev.lectern.shared.ActiveEmbedderLookup.ActiveEmbedder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The embedders of this process by their configured names. Each is opened once and closed with the registry. Thread-safe. */
public class EmbedderRegistry implements AutoCloseable {
    private final String configured;
    private final Function<String, Embedder> factory;
    private final Map<String, Embedder> opened = new ConcurrentHashMap<>();
    private final Map<String, String> localNames = new ConcurrentHashMap<>();

    /**
     * @param configured name of the configured embedder
     * @param factory opens an embedder by its name
     */
    public EmbedderRegistry(String configured, Function<String, Embedder> factory) {
        this.configured = configured;
        this.factory = factory;
    }

    /** The name in {@code LECTERN_EMBEDDER}. */
    public String configured() {
        return configured;
    }

    /**
     * Opens the embedder at the first call and returns the same object for the same name afterwards. Its model is loaded when it is first used.
     *
     * @param name as {@code LECTERN_EMBEDDER} takes it
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST when the name has an unknown kind of embedder
     */
    public Embedder open(String name) {
        return opened.computeIfAbsent(name, factory);
    }

    /** Opens the embedder that the library uses, by its name on this node, otherwise by its name in the library, otherwise the configured one. */
    public Embedder open(ActiveEmbedder active) {
        String local = localNames.get(active.fingerprintId());
        return open(local != null ? local : Optional.ofNullable(active.name()).orElse(configured));
    }

    /** Sets the name of an embedder on this node. Nodes may have the folder of a model at different paths. */
    public void setLocalName(String fingerprintId, String name) {
        localNames.put(fingerprintId, name);
    }

    @Override
    public void close() {
        opened.values().forEach(Embedder::close);
    }
}
