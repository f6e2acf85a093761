package dev.lectern.caching.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.lectern.caching.tiers.CacheEntry;
import dev.lectern.caching.tiers.LocalStore;
import org.jspecify.annotations.Nullable;

/** A local store of Caffeine. Maintenance runs on the calling threads, a little with each write. */
public final class CaffeineStore implements LocalStore {
    /** Approximate overhead of an entry besides its key and value, in bytes. */
    private static final int ENTRY_OVERHEAD = 160;

    private final Cache<String, CacheEntry> cache;
    private final Policy.Eviction<String, CacheEntry> bound;

    /** @param size in bytes */
    public CaffeineStore(long size, EvictionListener evictions) {
        this.cache = Caffeine.newBuilder()
                .maximumWeight(size)
                .weigher(CaffeineStore::weight)
                .expireAfter(Expiry.<String, CacheEntry>writing((key, entry) -> entry.ttl()))
                .evictionListener((@Nullable String key, @Nullable CacheEntry entry, RemovalCause cause) ->
                        evictions.evicted(cause == RemovalCause.SIZE))
                .executor(Runnable::run)
                .build();
        this.bound = cache.policy().eviction().orElseThrow();
    }

    private static int weight(String key, CacheEntry entry) {
        return ENTRY_OVERHEAD + key.length() + entry.weight();
    }

    @Override
    public @Nullable CacheEntry get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void put(String key, CacheEntry entry) {
        cache.put(key, entry);
    }

    @Override
    public long entries() {
        return cache.estimatedSize();
    }

    @Override
    public long bytes() {
        return bound.weightedSize().orElse(0);
    }

    @Override
    public void resize(long bytes) {
        bound.setMaximum(bytes);
    }

    @Override
    public String toString() {
        return "Caffeine[" + bound.getMaximum() + " bytes]";
    }
}
