package dev.lectern.security.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What this node remembers of accounts, keys, sessions or grants, until the next of the {@link AccessChanges}. A value that was read before a change is never
 * remembered after it. Thread-safe.
 */
public final class AccessCache<K, V> {
    private static final int MAX_ENTRIES = 10_000;

    private volatile Map<K, V> values = new ConcurrentHashMap<>();

    public AccessCache(AccessChanges changes) {
        changes.addListener(() -> values = new ConcurrentHashMap<>());
    }

    /**
     * The value of a key.
     *
     * @param read reads it from the database; several threads may read the same at once
     */
    public V get(K key, Function<K, V> read) {
        Map<K, V> present = values;
        V known = present.get(key);
        if (known != null) {
            return known;
        }
        V fresh = read.apply(key);
        if (present.size() >= MAX_ENTRIES) {
            present.clear();
        }
        present.put(key, fresh);
        return fresh;
    }
}
