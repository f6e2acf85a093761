package dev.lectern.caching;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cache of values that are expensive to compute, bounded in bytes and time. Entries are never changed, so the key must contain everything that the value
 * depends on. A cache never fails: an unreadable entry is a miss, and a value that cannot be stored is not stored. Thread-safe.
 */
public interface Cache<V> {

    /** A cache that stores nothing. */
    static <V> Cache<V> none() {
        return new DisabledCache<>();
    }

    /** The cached value; empty on a miss. */
    Optional<V> find(String key);

    /** The value in the memory of this process, without a remote call. Only a hit counts as a request. */
    Optional<V> findLocal(String key);

    /** The cached values of {@code keys}, in one remote call at most; misses are absent. */
    Map<String, V> findAll(Collection<String> keys);

    /** Stores values for at most the TTL of the cache. The time is shortened at random, so that not all entries expire together. */
    void putAll(Map<String, V> values);

    /**
     * Returns the cached value, or loads and stores it. Of concurrent callers with the same key, on all nodes, one loads while the others wait. A waiting
     * caller loads by itself when that load returns nothing, when the limit has passed, or when it is cancelled.
     *
     * @param limit how long to wait for the load of another caller
     * @param load runs on the calling thread at most once; its exceptions are passed on; neither they nor an empty result are stored
     */
    Optional<V> get(String key, CacheLoadWaitLimit limit, Supplier<Optional<V>> load);
}
