package dev.lectern.caching;

import dev.lectern.caching.caffeine.CaffeineStore;
import dev.lectern.caching.redis.RedisLink;
import dev.lectern.caching.redis.RedisStore;
import dev.lectern.caching.tiers.NearStore;
import dev.lectern.caching.tiers.SharedStore;
import dev.lectern.caching.tiers.TieredCache;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Caches in this process, behind which stands Redis where one is configured. While it is lost, the memory of this process takes all of a cache's size. */
final class StoredCaches implements Caches {
    private final @Nullable RedisLink redis;
    private final Supplier<String> namespace;
    private final long nearSize;
    private final MeterRegistry meters;
    private final Executor executor;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param redis null when there is none
     * @param namespace what the keys of all nodes of this installation begin with, and of no other; only asked for with Redis
     * @param nearSize bytes of each cache in this process while there is Redis
     */
    StoredCaches(
            @Nullable RedisLink redis,
            Supplier<String> namespace,
            long nearSize,
            MeterRegistry meters,
            Executor executor,
            InstantSource clock,
            RandomGenerator random) {
        this.redis = redis;
        this.namespace = namespace;
        this.nearSize = nearSize;
        this.meters = meters;
        this.executor = executor;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public <V> Cache<V> open(String name, CacheLimits limits, Codec<V> codec) {
        if (!limits.enabled()) {
            return new NoCache<>();
        }
        long size = limits.size().toBytes();
        if (redis == null) {
            return TieredCache.open(
                    name, limits, codec, told -> new CaffeineStore(size, told), null, meters, clock, random);
        }
        RedisLink link = redis;
        String prefix = "lectern:%s:%s:%s:".formatted(namespace.get(), name, codec.version());
        SharedStore shared = new RedisStore(link, executor, prefix.toLowerCase(Locale.ROOT));
        return TieredCache.open(name, limits, codec, told -> near(link, size, told), shared, meters, clock, random);
    }

    private NearStore near(RedisLink link, long size, NearStore.Evictions told) {
        long small = Math.min(size, nearSize);
        NearStore near = new CaffeineStore(link.isThere() ? small : size, told);
        link.onChange(isThere -> near.resize(isThere ? small : size));
        return near;
    }
}
