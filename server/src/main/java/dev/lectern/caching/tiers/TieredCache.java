package dev.lectern.caching.tiers;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.CacheLoadWaitLimit;
import dev.lectern.caching.CacheValueCodec;
import dev.lectern.caching.tiers.SharedStore.Claim;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cache of two tiers: the local store, then the store that the nodes share. On a miss one thread of this process loads for all that wait, and of several
 * nodes the one that gets the claim of the shared store.
 */
public final class TieredCache<V> implements Cache<V> {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration MAX_PAUSE = Duration.ofMillis(50);

    private final CacheEntryCodec<V> entryCodec;
    private final LocalStore local;
    private final @Nullable SharedStore shared;
    private final CacheMetrics metrics;
    private final InstantSource clock;
    /** The running loads of this process, by key. */
    private final Map<String, CompletableFuture<@Nullable CacheEntry>> runningLoads = new ConcurrentHashMap<>();

    private TieredCache(
            CacheEntryCodec<V> entryCodec,
            LocalStore local,
            @Nullable SharedStore shared,
            CacheMetrics metrics,
            InstantSource clock) {
        this.entryCodec = entryCodec;
        this.local = local;
        this.shared = shared;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param shared null for a cache of this process only */
    public static <V> Cache<V> open(
            String name,
            CacheLimits limits,
            CacheValueCodec<V> codec,
            Function<LocalStore.EvictionListener, LocalStore> localStore,
            @Nullable SharedStore shared,
            MeterRegistry registry,
            InstantSource clock,
            RandomGenerator random) {
        CacheMetrics metrics = new CacheMetrics(name, registry);
        LocalStore local = localStore.apply(metrics);
        metrics.bindGauges(local);
        return new TieredCache<>(new CacheEntryCodec<>(codec, limits, clock, random), local, shared, metrics, clock);
    }

    @Override
    public Optional<V> find(String key) {
        Optional<V> found = lookUp(key);
        if (found.isEmpty()) {
            metrics.countMisses(1);
        }
        return found;
    }

    @Override
    public Optional<V> findLocal(String key) {
        return decode(local.get(key));
    }

    @Override
    public Map<String, V> findAll(Collection<String> keys) {
        Map<String, V> found = new HashMap<>();
        Set<String> missing = new HashSet<>();
        for (String key : keys) {
            decode(local.get(key)).ifPresentOrElse(value -> found.put(key, value), () -> missing.add(key));
        }
        if (shared != null && !missing.isEmpty()) {
            shared.getAll(missing)
                    .forEach(
                            (key, bytes) -> decode(storeLocally(key, bytes)).ifPresent(value -> found.put(key, value)));
            missing.removeAll(found.keySet());
        }
        metrics.countMisses(missing.size());
        return found;
    }

    @Override
    public void putAll(Map<String, V> values) {
        Map<String, CacheEntry> all = new LinkedHashMap<>();
        values.forEach((key, value) -> entryCodec.encode(value).ifPresent(entry -> all.put(key, entry)));
        store(all);
    }

    @Override
    public Optional<V> get(String key, CacheLoadWaitLimit limit, Supplier<Optional<V>> load) {
        Optional<V> found = lookUp(key);
        if (found.isPresent()) {
            return found;
        }
        LoadWaiter waiter = new LoadWaiter(limit, clock);
        CompletableFuture<@Nullable CacheEntry> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable CacheEntry> other = runningLoads.putIfAbsent(key, mine);
        if (other != null) {
            Optional<V> awaited = decode(waiter.await(other));
            return awaited.isPresent() ? awaited : load(key, load).value();
        }
        LoadResult<V> result = new LoadResult<>(Optional.empty(), null);
        try {
            result = loadForAll(key, waiter, load);
            return result.value();
        } finally {
            runningLoads.remove(key, mine);
            mine.complete(result.entry());
        }
    }

    private record LoadResult<V>(
            Optional<V> value, @Nullable CacheEntry entry) {}

    /** Looks once more before loading: the previous loading thread may have stored the value since the first lookup. */
    private LoadResult<V> loadForAll(String key, LoadWaiter waiter, Supplier<Optional<V>> load) {
        CacheEntry entry = local.get(key);
        Optional<V> found = decode(entry);
        if (found.isPresent()) {
            return new LoadResult<>(found, entry);
        }
        Duration pause = FIRST_PAUSE;
        while (shared != null) {
            switch (shared.claim(key)) {
                case Claim.Granted granted -> {
                    try (granted) {
                        return load(key, load);
                    }
                }
                case Claim.Loaded loaded -> {
                    CacheEntry other = storeLocally(key, loaded.bytes());
                    Optional<V> value = decode(other);
                    return value.isPresent() ? new LoadResult<>(value, other) : load(key, load);
                }
                case Claim.Taken _ -> {
                    if (!waiter.pause(pause)) {
                        return load(key, load);
                    }
                    pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
                }
            }
        }
        return load(key, load);
    }

    private LoadResult<V> load(String key, Supplier<Optional<V>> load) {
        metrics.countMisses(1);
        Optional<V> value = load.get();
        CacheEntry entry = value.flatMap(entryCodec::encode).orElse(null);
        if (entry != null) {
            store(Map.of(key, entry));
        }
        return new LoadResult<>(value, entry);
    }

    private Optional<V> lookUp(String key) {
        Optional<V> found = decode(local.get(key));
        return found.isPresent() || shared == null ? found : decode(storeLocally(key, shared.get(key)));
    }

    private Optional<V> decode(@Nullable CacheEntry entry) {
        Optional<CacheEntryCodec.DecodedValue<V>> decoded = entryCodec.decode(entry);
        decoded.ifPresent(one -> {
            metrics.countHit();
            metrics.recordAge(clock.millis() - one.createdAt());
        });
        return decoded.map(CacheEntryCodec.DecodedValue::value);
    }

    private void store(Map<String, CacheEntry> values) {
        values.forEach(local::put);
        if (shared != null && !values.isEmpty()) {
            shared.putAll(values);
        }
    }

    private @Nullable CacheEntry storeLocally(String key, byte @Nullable [] bytes) {
        CacheEntry entry = entryCodec.parse(bytes).orElse(null);
        if (entry != null) {
            local.put(key, entry);
        }
        return entry;
    }

    @Override
    public String toString() {
        return shared == null ? local.toString() : local + " before " + shared;
    }
}
