package dev.lectern.caching.tiers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sealed bytes for a while; in the memory of a process they may remember the value that was read from them, so that it is read once. Thread-safe. */
public final class Kept {
    /** What a value takes that is read, measured in its bytes, about. */
    private static final int READ = 3;

    private final byte[] bytes;
    private final Duration ttl;
    private final boolean remembers;
    private volatile @Nullable Object opened;

    /**
     * @param ttl more than nothing
     * @param remembers whether the value may be kept beside its bytes and handed to many
     */
    Kept(byte[] bytes, Duration ttl, boolean remembers) {
        this.bytes = bytes;
        this.ttl = ttl;
        this.remembers = remembers;
    }

    public byte[] bytes() {
        return bytes;
    }

    public Duration ttl() {
        return ttl;
    }

    /** Bytes of memory that it takes at most, about. */
    public int weight() {
        return remembers ? (1 + READ) * bytes.length : bytes.length;
    }

    @Nullable Object opened() {
        return opened;
    }

    void opened(Object value) {
        if (remembers) {
            opened = value;
        }
    }
}
