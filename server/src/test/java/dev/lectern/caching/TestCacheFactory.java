package dev.lectern.caching;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Caches in this process, each the same object however often it is opened. */
public final class TestCacheFactory implements CacheFactory {
    private final CacheFactory cacheFactory;
    private final Map<String, Cache<?>> opened = new HashMap<>();

    public TestCacheFactory(MeterRegistry meters) {
        cacheFactory =
                new TieredCacheFactory(null, () -> "", 0, meters, Runnable::run, InstantSource.system(), new Random(1));
    }

    @Override
    @SuppressWarnings("unchecked") // opened by the same test with the same codec
    public <V> Cache<V> open(String name, CacheLimits limits, CacheValueCodec<V> cacheValueCodec) {
        return (Cache<V>) opened.computeIfAbsent(name, key -> cacheFactory.open(name, limits, cacheValueCodec));
    }
}
