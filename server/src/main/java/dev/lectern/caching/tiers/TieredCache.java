package dev.lectern.caching.tiers;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.Codec;
import dev.lectern.caching.Patience;
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

/** Looks near, then at what nodes share, then loads: in this process one for all who ask, and among the nodes the one that the shared store chooses. */
public final class TieredCache<V> implements Cache<V> {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final Sealing<V> sealing;
    private final NearStore near;
    private final @Nullable SharedStore shared;
    private final CacheMeters meters;
    private final InstantSource clock;
    /** Those that are loading, by key. */
    private final Map<String, CompletableFuture<@Nullable Kept>> flights = new ConcurrentHashMap<>();

    private TieredCache(
            Sealing<V> sealing, NearStore near, @Nullable SharedStore shared, CacheMeters meters, InstantSource clock) {
        this.sealing = sealing;
        this.near = near;
        this.shared = shared;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param shared null when there is this process alone */
    public static <V> Cache<V> open(
            String name,
            CacheLimits limits,
            Codec<V> codec,
            Function<NearStore.Evictions, NearStore> nearStore,
            @Nullable SharedStore shared,
            MeterRegistry registry,
            InstantSource clock,
            RandomGenerator random) {
        CacheMeters meters = new CacheMeters(name, registry);
        NearStore near = nearStore.apply(meters);
        meters.watch(near);
        return new TieredCache<>(new Sealing<>(codec, limits, clock, random), near, shared, meters, clock);
    }

    @Override
    public Optional<V> find(String key) {
        Optional<V> found = look(key);
        if (found.isEmpty()) {
            meters.misses(1);
        }
        return found;
    }

    @Override
    public Optional<V> near(String key) {
        return hit(near.get(key));
    }

    @Override
    public Map<String, V> findAll(Collection<String> keys) {
        Map<String, V> found = new HashMap<>();
        Set<String> missing = new HashSet<>();
        for (String key : keys) {
            hit(near.get(key)).ifPresentOrElse(value -> found.put(key, value), () -> missing.add(key));
        }
        if (shared != null && !missing.isEmpty()) {
            shared.getAll(missing)
                    .forEach((key, bytes) -> hit(keepNear(key, bytes)).ifPresent(value -> found.put(key, value)));
            missing.removeAll(found.keySet());
        }
        meters.misses(missing.size());
        return found;
    }

    @Override
    public void putAll(Map<String, V> values) {
        Map<String, Kept> all = new LinkedHashMap<>();
        values.forEach((key, value) -> sealing.seal(value).ifPresent(kept -> all.put(key, kept)));
        keep(all);
    }

    @Override
    public Optional<V> get(String key, Patience patience, Supplier<Optional<V>> load) {
        Optional<V> there = look(key);
        if (there.isPresent()) {
            return there;
        }
        Waiting waiting = new Waiting(patience, clock);
        CompletableFuture<@Nullable Kept> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Kept> other = flights.putIfAbsent(key, mine);
        if (other != null) {
            Optional<V> landed = hit(waiting.on(other));
            return landed.isPresent() ? landed : load(key, load).value();
        }
        Outcome<V> outcome = new Outcome<>(Optional.empty(), null);
        try {
            outcome = lead(key, waiting, load);
            return outcome.value();
        } finally {
            flights.remove(key, mine);
            mine.complete(outcome.kept());
        }
    }

    private record Outcome<V>(Optional<V> value, @Nullable Kept kept) {}

    /** Whoever led before may have kept it since this one looked. */
    private Outcome<V> lead(String key, Waiting waiting, Supplier<Optional<V>> load) {
        Kept kept = near.get(key);
        Optional<V> there = hit(kept);
        if (there.isPresent()) {
            return new Outcome<>(there, kept);
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
                    Kept other = keepNear(key, loaded.bytes());
                    Optional<V> value = hit(other);
                    return value.isPresent() ? new Outcome<>(value, other) : load(key, load);
                }
                case Claim.Taken _ -> {
                    if (!waiting.pause(pause)) {
                        return load(key, load);
                    }
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        }
        return load(key, load);
    }

    private Outcome<V> load(String key, Supplier<Optional<V>> load) {
        meters.misses(1);
        Optional<V> value = load.get();
        Kept kept = value.flatMap(sealing::seal).orElse(null);
        if (kept != null) {
            keep(Map.of(key, kept));
        }
        return new Outcome<>(value, kept);
    }

    private Optional<V> look(String key) {
        Optional<V> found = hit(near.get(key));
        return found.isPresent() || shared == null ? found : hit(keepNear(key, shared.get(key)));
    }

    private Optional<V> hit(@Nullable Kept kept) {
        Optional<Sealing.Opened<V>> opened = sealing.open(kept);
        opened.ifPresent(one -> {
            meters.hit();
            meters.age(clock.millis() - one.made());
        });
        return opened.map(Sealing.Opened::value);
    }

    private void keep(Map<String, Kept> values) {
        values.forEach(near::put);
        if (shared != null && !values.isEmpty()) {
            shared.putAll(values);
        }
    }

    private @Nullable Kept keepNear(String key, byte @Nullable [] bytes) {
        Kept kept = sealing.again(bytes).orElse(null);
        if (kept != null) {
            near.put(key, kept);
        }
        return kept;
    }

    @Override
    public String toString() {
        return shared == null ? near.toString() : near + " before " + shared;
    }
}
