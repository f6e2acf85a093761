package dev.lectern.caching;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * The limits of one cache.
 *
 * @param enabled whether the cache stores anything
 * @param ttl maximum age of an entry, longer than zero
 * @param size maximum size of all entries in this process, including keys; a value of more than an eighth of it is not stored
 */
public record CacheLimits(boolean enabled, Duration ttl, DataSize size) {
    /** Minimum size of a cache. */
    public static final long MIN_BYTES = 1L << 10;

    /** Maximum size of a cache. */
    public static final long MAX_BYTES = 1L << 40;
}
