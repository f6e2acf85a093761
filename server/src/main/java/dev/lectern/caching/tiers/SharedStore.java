package dev.lectern.caching.tiers;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store that all nodes share. It never fails and never blocks for long: while it is unavailable, it is empty and drops what it is given. Thread-safe. */
public interface SharedStore {

    byte @Nullable [] get(String key);

    Map<String, byte[]> getAll(Collection<String> keys);

    void putAll(Map<String, CacheEntry> values);

    /** Requests to be the one node that loads the value of a key. */
    Claim claim(String key);

    /** The result of such a request. */
    sealed interface Claim {

        /** Another node has loaded the value meanwhile. */
        @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
        record Loaded(byte[] bytes) implements Claim {}

        /** This node may load, until the claim is closed or the process ends. Also granted while the store is unavailable. */
        non-sealed interface Granted extends Claim, AutoCloseable {
            @Override
            void close();
        }

        /** Another node is loading. */
        record Taken() implements Claim {}
    }
}
