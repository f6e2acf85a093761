package dev.lectern.caching;

/** Creates caches by name. Thread-safe. */
public interface CacheFactory {

    /**
     * Creates a cache. Each name may be used once.
     *
     * @param name the tag of its metrics, in lower case with underscores
     * @param limits the limits; a disabled cache stores and counts nothing
     */
    <V> Cache<V> open(String name, CacheLimits limits, CacheValueCodec<V> codec);
}
