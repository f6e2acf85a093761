package dev.lectern.caching;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A cache that stores nothing. */
final class DisabledCache<V> implements Cache<V> {

    @Override
    public Optional<V> find(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<V> findLocal(String key) {
        return Optional.empty();
    }

    @Override
    public Map<String, V> findAll(Collection<String> keys) {
        return Map.of();
    }

    @Override
    public void putAll(Map<String, V> values) {
        // A disabled cache drops all values.
    }

    @Override
    public Optional<V> get(String key, CacheLoadWaitLimit limit, Supplier<Optional<V>> load) {
        return load.get();
    }

    @Override
    public String toString() {
        return "off";
    }
}
