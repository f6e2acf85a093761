package dev.lectern.caching;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Copies of what is dear to make, for a while. Bounded in bytes and time; what is kept is never changed, so whatever a value depends on belongs into its
 * key. A cache never fails: what cannot be read is a miss, what cannot be kept is not kept. Thread-safe.
 */
public interface Cache<V> {

    /** One that keeps nothing. */
    static <V> Cache<V> none() {
        return new NoCache<>();
    }

    /** What is kept. */
    Optional<V> find(String key);

    /** What is kept in the memory of this process, without asking anyone else. Counts as a request only when it is there. */
    Optional<V> near(String key);

    /** What is kept of {@code keys}, in one question. */
    Map<String, V> findAll(Collection<String> keys);

    /** Keeps values for no longer than the cache's TTL, a little less for some so that they do not all end together. */
    void putAll(Map<String, V> values);

    /**
     * What is kept, or what {@code load} gives, which is kept then. Of those who want the same at the same time, on whatever node, one loads and the
     * others wait for it; they load themselves when nothing came of it, when it takes too long, or when they are told to stop.
     *
     * @param load runs on the calling thread at most once; what it throws is thrown and not kept; empty is not kept
     */
    Optional<V> get(String key, Patience patience, Supplier<Optional<V>> load);
}
