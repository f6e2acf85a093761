package dev.lectern.caching.tiers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of one cache. */
final class CacheMetrics implements LocalStore.EvictionListener {
    private static final String CACHE = "cache";

    private final String cache;
    private final MeterRegistry meters;
    private final Counter hits;
    private final Counter misses;
    private final Counter evictedBySize;
    private final Counter evictedByAge;
    private final Timer age;

    CacheMetrics(String cache, MeterRegistry meters) {
        this.cache = cache;
        this.meters = meters;
        this.hits = requests("hit");
        this.misses = requests("miss");
        this.evictedBySize = evictions("size");
        this.evictedByAge = evictions("age");
        this.age = Timer.builder("lectern.cache.hit.age")
                .description("Age of cached values when they were returned")
                .tag(CACHE, cache)
                .register(meters);
    }

    void bindGauges(LocalStore store) {
        Gauge.builder("lectern.cache.entries", store, LocalStore::entries)
                .description("Entries in the memory of this process")
                .tag(CACHE, cache)
                .register(meters);
        Gauge.builder("lectern.cache.bytes", store, LocalStore::bytes)
                .description("Size of the entries in the memory of this process, with their keys")
                .baseUnit("bytes")
                .tag(CACHE, cache)
                .register(meters);
    }

    void countHit() {
        hits.increment();
    }

    void countMisses(int number) {
        misses.increment(number);
    }

    void recordAge(long millis) {
        age.record(Duration.ofMillis(Math.max(0, millis)));
    }

    @Override
    public void evicted(boolean wasFull) {
        (wasFull ? evictedBySize : evictedByAge).increment();
    }

    private Counter requests(String result) {
        return Counter.builder("lectern.cache.requests")
                .description("Cache lookups; waiting for the load of another caller counts as a hit")
                .tag(CACHE, cache)
                .tag("result", result)
                .register(meters);
    }

    private Counter evictions(String cause) {
        return Counter.builder("lectern.cache.evictions")
                .description("Entries evicted from the memory of this process")
                .tag(CACHE, cache)
                .tag("cause", cause)
                .register(meters);
    }
}
