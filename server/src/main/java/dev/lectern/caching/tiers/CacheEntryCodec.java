package dev.lectern.caching.tiers;

import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.CacheValueCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes values as cache entries and decodes them. Expired, damaged or foreign entries count as absent. Thread-safe. */
final class CacheEntryCodec<V> {
    private static final Logger log = LoggerFactory.getLogger(CacheEntryCodec.class);

    /** The TTL is shortened at random by up to this fraction. */
    private static final double TTL_JITTER = 0.1;

    /** One entry may use at most this fraction of the cache: one eighth. */
    private static final int MAX_ENTRY_DIVISOR = 8;

    private final CacheValueCodec<V> codec;
    private final CacheLimits limits;
    private final InstantSource clock;
    private final RandomGenerator random;

    CacheEntryCodec(CacheValueCodec<V> codec, CacheLimits limits, InstantSource clock, RandomGenerator random) {
        this.codec = codec;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A value with the times of its entry.
     *
     * @param createdAt in milliseconds since 1970
     * @param expiresAt in milliseconds since 1970
     */
    record DecodedValue<V>(V value, long createdAt, long expiresAt) {}

    /** Empty for a value that is too large or that the codec cannot write. */
    Optional<CacheEntry> encode(V value) {
        try {
            long now = clock.millis();
            Duration ttl = jitteredTtl();
            byte[] bytes = new SerializedEntry(now, now + ttl.toMillis(), codec.write(value)).toBytes();
            return bytes.length > limits.size().toBytes() / MAX_ENTRY_DIVISOR
                    ? Optional.empty()
                    : Optional.of(entry(bytes, ttl));
        } catch (RuntimeException e) {
            log.warn("A value could not be encoded and is not cached", e);
            return Optional.empty();
        }
    }

    Optional<DecodedValue<V>> decode(@Nullable CacheEntry entry) {
        DecodedValue<V> known = entry == null ? null : decoded(entry);
        if (known != null) {
            return known.expiresAt() <= clock.millis() ? Optional.empty() : Optional.of(known);
        }
        SerializedEntry serialized = entry == null ? null : SerializedEntry.parse(entry.bytes());
        if (entry == null || serialized == null || serialized.expiresAt() <= clock.millis()) {
            return Optional.empty();
        }
        try {
            DecodedValue<V> decoded =
                    new DecodedValue<>(codec.read(serialized.value()), serialized.createdAt(), serialized.expiresAt());
            entry.decoded(decoded);
            return Optional.of(decoded);
        } catch (RuntimeException foreign) {
            log.debug("A cached value could not be decoded; it counts as a miss", foreign);
            return Optional.empty();
        }
    }

    /** The entry of another node, with its remaining TTL. Empty when it is null, damaged or expired. */
    Optional<CacheEntry> parse(byte @Nullable [] bytes) {
        SerializedEntry serialized = bytes == null ? null : SerializedEntry.parse(bytes);
        long left = serialized == null ? 0 : serialized.expiresAt() - clock.millis();
        Duration rest = Duration.ofMillis(Math.min(left, limits.ttl().toMillis()));
        return bytes == null || !rest.isPositive() ? Optional.empty() : Optional.of(entry(bytes, rest));
    }

    private CacheEntry entry(byte[] bytes, Duration ttl) {
        return new CacheEntry(bytes, ttl, codec.isShareable());
    }

    /** The cast is safe: only this class sets the decoded value, and a cache has one codec. */
    @SuppressWarnings("unchecked")
    private @Nullable DecodedValue<V> decoded(CacheEntry entry) {
        return (DecodedValue<V>) entry.decoded();
    }

    private Duration jitteredTtl() {
        long ttl = limits.ttl().toMillis();
        return Duration.ofMillis(Math.max(1, ttl - (long) (ttl * TTL_JITTER * random.nextDouble())));
    }
}
