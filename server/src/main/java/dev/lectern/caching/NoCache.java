package dev.lectern.caching;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps nothing. */
final class NoCache<V> implements Cache<V> {

    @Override
    public Optional<V> find(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<V> near(String key) {
        return Optional.empty();
    }

    @Override
    public Map<String, V> findAll(Collection<String> keys) {
        return Map.of();
    }

    @Override
    public void putAll(Map<String, V> values) {
        // Switched off.
    }

    @Override
    public Optional<V> get(String key, Patience patience, Supplier<Optional<V>> load) {
        return load.get();
    }

    @Override
    public String toString() {
        return "off";
    }
}
