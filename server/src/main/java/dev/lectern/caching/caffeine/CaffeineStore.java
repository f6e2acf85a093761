package dev.lectern.caching.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.lectern.caching.tiers.Kept;
import dev.lectern.caching.tiers.NearStore;
import org.jspecify.annotations.Nullable;

/** Upkeep happens on the threads that use it, a little with each write. */
public final class CaffeineStore implements NearStore {
    /** What an entry takes beside its key and its bytes, about. */
    private static final int ENTRY = 160;

    private final Cache<String, Kept> cache;
    private final Policy.Eviction<String, Kept> bound;

    /** @param size in bytes */
    public CaffeineStore(long size, Evictions evictions) {
        this.cache = Caffeine.newBuilder()
                .maximumWeight(size)
                .weigher(CaffeineStore::weight)
                .expireAfter(Expiry.<String, Kept>writing((key, kept) -> kept.ttl()))
                .evictionListener((@Nullable String key, @Nullable Kept kept, RemovalCause cause) ->
                        evictions.evicted(cause == RemovalCause.SIZE))
                .executor(Runnable::run)
                .build();
        this.bound = cache.policy().eviction().orElseThrow();
    }

    private static int weight(String key, Kept kept) {
        return ENTRY + key.length() + kept.weight();
    }

    @Override
    public @Nullable Kept get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void put(String key, Kept kept) {
        cache.put(key, kept);
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
