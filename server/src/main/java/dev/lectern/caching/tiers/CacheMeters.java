package dev.lectern.caching.tiers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What one cache counts. */
final class CacheMeters implements NearStore.Evictions {
    private static final String CACHE = "cache";

    private final String cache;
    private final MeterRegistry meters;
    private final Counter hits;
    private final Counter misses;
    private final Counter full;
    private final Counter over;
    private final Timer age;

    CacheMeters(String cache, MeterRegistry meters) {
        this.cache = cache;
        this.meters = meters;
        this.hits = requests("hit");
        this.misses = requests("miss");
        this.full = evictions("size");
        this.over = evictions("age");
        this.age = Timer.builder("lectern.cache.hit.age")
                .description("How old what was served was")
                .tag(CACHE, cache)
                .register(meters);
    }

    void watch(NearStore near) {
        Gauge.builder("lectern.cache.entries", near, NearStore::entries)
                .description("Values in the memory of this process")
                .tag(CACHE, cache)
                .register(meters);
        Gauge.builder("lectern.cache.bytes", near, NearStore::bytes)
                .description("What they take with their keys")
                .baseUnit("bytes")
                .tag(CACHE, cache)
                .register(meters);
    }

    void hit() {
        hits.increment();
    }

    void misses(int number) {
        misses.increment(number);
    }

    void age(long millis) {
        age.record(Duration.ofMillis(Math.max(0, millis)));
    }

    @Override
    public void evicted(boolean wasFull) {
        (wasFull ? full : over).increment();
    }

    private Counter requests(String result) {
        return Counter.builder("lectern.cache.requests")
                .description("What caches were asked for; who waited for another's load counts as a hit")
                .tag(CACHE, cache)
                .tag("result", result)
                .register(meters);
    }

    private Counter evictions(String cause) {
        return Counter.builder("lectern.cache.evictions")
                .description("Values that had to go from the memory of this process")
                .tag(CACHE, cache)
                .tag("cause", cause)
                .register(meters);
    }
}
