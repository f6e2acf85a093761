package dev.lectern.caching.tiers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A serialized value with its TTL. In the memory of a process it can also hold the decoded value, which is then decoded only once. Thread-safe. */
public final class CacheEntry {
    /** Approximate size of a decoded value, as a multiple of its serialized size. */
    private static final int DECODED_FACTOR = 3;

    private final byte[] bytes;
    private final Duration ttl;
    private final boolean isShareable;
    private volatile @Nullable Object decoded;

    /**
     * @param ttl longer than zero
     * @param isShareable whether the decoded value may be held and shared between callers
     */
    CacheEntry(byte[] bytes, Duration ttl, boolean isShareable) {
        this.bytes = bytes;
        this.ttl = ttl;
        this.isShareable = isShareable;
    }

    public byte[] bytes() {
        return bytes;
    }

    public Duration ttl() {
        return ttl;
    }

    /** Approximate upper bound of the memory that the entry uses, in bytes. */
    public int weight() {
        return isShareable ? (1 + DECODED_FACTOR) * bytes.length : bytes.length;
    }

    @Nullable Object decoded() {
        return decoded;
    }

    void decoded(Object value) {
        if (isShareable) {
            decoded = value;
        }
    }
}
