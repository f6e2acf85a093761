package dev.lectern.caching;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What a cache may take.
 *
 * @param enabled whether anything is kept at all
 * @param ttl how long at most; longer than nothing
 * @param size of all that is kept in this process, with its keys; a value that takes more than an eighth of it is not kept
 */
public record CacheLimits(boolean enabled, Duration ttl, DataSize size) {}
