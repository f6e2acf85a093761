package dev.lectern.caching;

/** Opens caches, each by a name of its own. Thread-safe. */
public interface Caches {

    /**
     * Opens a cache; once for each name.
     *
     * @param name the tag of its metrics, in lower case with underscores
     * @param limits what it may take; one that is switched off keeps nothing and counts nothing
     */
    <V> Cache<V> open(String name, CacheLimits limits, Codec<V> codec);
}
