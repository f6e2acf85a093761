package dev.lectern.caching.tiers;

import java.time.Duration;

/**
 * Bytes for a while.
 *
 * @param ttl more than nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shown
public record Kept(byte[] bytes, Duration ttl) {}
