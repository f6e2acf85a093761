package dev.lectern.caching;

/** Converts the values of a cache to bytes and back. */
public interface CacheValueCodec<V> {

    /** Part of shared keys. A change of the byte format needs a new version, so that releases do not read each other's entries. */
    String version();

    byte[] write(V value);

    /** Whether values are immutable, so that callers can share one object instead of decoding it each time. */
    default boolean isShareable() {
        return false;
    }

    /** May throw any runtime exception for invalid bytes; they count as a miss. */
    V read(byte[] bytes);
}
