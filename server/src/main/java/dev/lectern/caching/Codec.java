package dev.lectern.caching;

/** Values as bytes. */
public interface Codec<V> {

    /** Part of the keys that nodes share: another form of the bytes needs another version, so that releases do not read each other's. */
    String version();

    byte[] write(V value);

    /** Whether values can never be changed, so that one may be given to many instead of being read for each. */
    default boolean isShareable() {
        return false;
    }

    /** May throw any runtime exception for bytes that are no value; they count as a miss then. */
    V read(byte[] bytes);
}
