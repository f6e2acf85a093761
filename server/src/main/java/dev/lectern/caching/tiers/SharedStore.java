package dev.lectern.caching.tiers;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bytes that all nodes see. It never fails and never takes long: while it cannot be reached it has nothing and keeps nothing. Thread-safe. */
public interface SharedStore {

    byte @Nullable [] get(String key);

    Map<String, byte[]> getAll(Collection<String> keys);

    void putAll(Map<String, Kept> values);

    /** Asks to be the one node that loads. */
    Claim claim(String key);

    /** What came of asking. */
    sealed interface Claim {

        /** Another one has loaded it meanwhile. */
        @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
        record Loaded(byte[] bytes) implements Claim {}

        /** This one may load, until it is closed or this process ends; also when nobody could be asked. */
        non-sealed interface Granted extends Claim, AutoCloseable {
            @Override
            void close();
        }

        /** Another one loads. */
        record Taken() implements Claim {}
    }
}
