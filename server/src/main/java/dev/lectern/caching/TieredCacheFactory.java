package dev.lectern.caching;

import dev.lectern.caching.caffeine.CaffeineStore;
import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.caching.redis.RedisStore;
import dev.lectern.caching.tiers.LocalStore;
import dev.lectern.caching.tiers.SharedStore;
import dev.lectern.caching.tiers.TieredCache;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Creates caches in the memory of this process, backed by Redis where one is configured. While Redis is unavailable, a local cache grows to its full size.
 */
final class TieredCacheFactory implements CacheFactory {
    private final @Nullable RedisCommandExecutor redis;
    private final Supplier<String> namespace;
    private final long localSize;
    private final MeterRegistry meters;
    private final Executor executor;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param redis null when none is configured
     * @param namespace prefix of the keys of all nodes of this database, and of no other; only used with Redis
     * @param localSize bytes of each cache in this process while Redis is available
     */
    TieredCacheFactory(
            @Nullable RedisCommandExecutor redis,
            Supplier<String> namespace,
            long localSize,
            MeterRegistry meters,
            Executor executor,
            InstantSource clock,
            RandomGenerator random) {
        this.redis = redis;
        this.namespace = namespace;
        this.localSize = localSize;
        this.meters = meters;
        this.executor = executor;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public <V> Cache<V> open(String name, CacheLimits limits, CacheValueCodec<V> codec) {
        if (!limits.enabled()) {
            return new DisabledCache<>();
        }
        long size = limits.size().toBytes();
        if (redis == null) {
            return TieredCache.open(
                    name, limits, codec, evictions -> new CaffeineStore(size, evictions), null, meters, clock, random);
        }
        RedisCommandExecutor commands = redis;
        String prefix = "lectern:%s:%s:%s:".formatted(namespace.get(), name, codec.version());
        SharedStore shared = new RedisStore(commands, executor, prefix.toLowerCase(Locale.ROOT));
        return TieredCache.open(
                name,
                limits,
                codec,
                evictions -> createLocalStore(commands, size, evictions),
                shared,
                meters,
                clock,
                random);
    }

    private LocalStore createLocalStore(
            RedisCommandExecutor commands, long size, LocalStore.EvictionListener evictions) {
        long small = Math.min(size, localSize);
        LocalStore store = new CaffeineStore(commands.isAvailable() ? small : size, evictions);
        commands.onChange(isAvailable -> store.resize(isAvailable ? small : size));
        return store;
    }
}
