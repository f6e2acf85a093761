package dev.lectern.caching.tiers;

import org.jspecify.annotations.Nullable;

/** Stores entries in the memory of this process, up to a size. Thread-safe. */
public interface LocalStore {

    @Nullable CacheEntry get(String key);

    void put(String key, CacheEntry cacheEntry);

    /** Approximate number of entries. */
    long entries();

    /** Approximate size of all entries with their keys, in bytes. */
    long bytes();

    /** Sets the maximum size, in bytes; surplus entries are evicted. */
    void resize(long bytes);

    /** Is notified of evicted entries. */
    interface EvictionListener {
        /** @param full true when the entry was evicted for lack of space, false when it expired */
        void evicted(boolean full);
    }
}
