package dev.lectern.models;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Opens each embedder once. */
final class OpenedEmbedders implements NamedEmbedders, AutoCloseable {
    private final String configured;
    private final Function<String, CachingEmbedder> open;
    private final Map<String, CachingEmbedder> opened = new ConcurrentHashMap<>();
    private final Map<String, String> nameOf = new ConcurrentHashMap<>();

    OpenedEmbedders(String configured, Function<String, CachingEmbedder> open) {
        this.configured = configured;
        this.open = open;
    }

    @Override
    public String configured() {
        return configured;
    }

    @Override
    public CachingEmbedder named(String name) {
        return opened.computeIfAbsent(name, open);
    }

    @Override
    public void remember(String fingerprintId, String name) {
        nameOf.put(fingerprintId, name);
    }

    CachingEmbedder of(EmbedderInForce.InForce inForce) {
        String known = nameOf.get(inForce.fingerprintId());
        return named(known != null ? known : Optional.ofNullable(inForce.name()).orElse(configured));
    }

    @Override
    public void close() {
        opened.values().forEach(Embedder::close);
    }
}
