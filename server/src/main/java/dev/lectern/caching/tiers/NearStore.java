package dev.lectern.caching.tiers;

import org.jspecify.annotations.Nullable;

/** Bytes in the memory of this process, up to a size. Thread-safe. */
public interface NearStore {

    @Nullable Kept get(String key);

    void put(String key, Kept kept);

    /** Values, about. */
    long entries();

    /** Bytes that they take with their keys, about. */
    long bytes();

    /** Changes the size, in bytes; what is too much goes. */
    void resize(long bytes);

    /** Is told of what had to go. */
    interface Evictions {
        /** @param full whether it went for want of room, else because its time was over */
        void evicted(boolean full);
    }
}
