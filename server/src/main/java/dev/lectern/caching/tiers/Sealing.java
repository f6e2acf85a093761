package dev.lectern.caching.tiers;

import dev.lectern.caching.CacheLimits;
import dev.lectern.caching.Codec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns values into sealed bytes and back; bytes that are over, damaged or somebody else's are nothing. Thread-safe. */
final class Sealing<V> {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    /** Up to this part of the TTL is left out at random. */
    private static final double JITTER = 0.1;

    /** One value takes at most this part of the cache. */
    private static final int PART = 8;

    private final Codec<V> codec;
    private final CacheLimits limits;
    private final InstantSource clock;
    private final RandomGenerator random;

    Sealing(Codec<V> codec, CacheLimits limits, InstantSource clock, RandomGenerator random) {
        this.codec = codec;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param made in milliseconds since 1970
     * @param ends likewise
     */
    record Opened<V>(V value, long made, long ends) {}

    /** Empty for a value that is too large, or that the codec cannot write. */
    Optional<Kept> seal(V value) {
        try {
            long now = clock.millis();
            Duration ttl = jittered();
            byte[] bytes = new Envelope(now, now + ttl.toMillis(), codec.write(value)).sealed();
            return bytes.length > limits.size().toBytes() / PART ? Optional.empty() : Optional.of(kept(bytes, ttl));
        } catch (RuntimeException e) {
            LOG.warn("A value could not be written and is not kept", e);
            return Optional.empty();
        }
    }

    Optional<Opened<V>> open(@Nullable Kept kept) {
        Opened<V> known = kept == null ? null : opened(kept);
        if (known != null) {
            return known.ends() <= clock.millis() ? Optional.empty() : Optional.of(known);
        }
        Envelope envelope = kept == null ? null : Envelope.open(kept.bytes());
        if (kept == null || envelope == null || envelope.ends() <= clock.millis()) {
            return Optional.empty();
        }
        try {
            Opened<V> opened = new Opened<>(codec.read(envelope.value()), envelope.made(), envelope.ends());
            kept.opened(opened);
            return Optional.of(opened);
        } catch (RuntimeException foreign) {
            LOG.debug("A kept value could not be read; it is made again", foreign);
            return Optional.empty();
        }
    }

    /** Sealed bytes of another node, for the rest of their time. */
    Optional<Kept> again(byte @Nullable [] bytes) {
        Envelope envelope = bytes == null ? null : Envelope.open(bytes);
        long left = envelope == null ? 0 : envelope.ends() - clock.millis();
        Duration rest = Duration.ofMillis(Math.min(left, limits.ttl().toMillis()));
        return bytes == null || !rest.isPositive() ? Optional.empty() : Optional.of(kept(bytes, rest));
    }

    private Kept kept(byte[] bytes, Duration ttl) {
        return new Kept(bytes, ttl, codec.isShareable());
    }

    /** Only this class puts something there, and a cache has one codec. */
    @SuppressWarnings("unchecked")
    private @Nullable Opened<V> opened(Kept kept) {
        return (Opened<V>) kept.opened();
    }

    private Duration jittered() {
        long ttl = limits.ttl().toMillis();
        return Duration.ofMillis(Math.max(1, ttl - (long) (ttl * JITTER * random.nextDouble())));
    }
}
