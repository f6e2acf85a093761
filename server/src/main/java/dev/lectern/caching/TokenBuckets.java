package dev.lectern.caching;

import java.time.Duration;

/**
 * Counts what is used of quotas, such as the requests of an address in a minute. The nodes share the counts where Redis is configured. While Redis is unavailable
 * each node counts for itself, so this never fails and waits for one Redis command at most. Thread-safe.
 */
public interface TokenBuckets {

    /**
     * A quota.
     *
     * @param tokens what may be taken in one window, from 1
     * @param window time after which all tokens are there again
     */
    record Limit(long tokens, Duration window) {}

    /**
     * What a bucket holds.
     *
     * @param taken whether a token was taken; of {@link #peek}, whether one could be taken
     * @param remaining tokens that are left, from 0
     * @param untilReset time until all tokens are there again; zero for a full bucket
     */
    record Balance(boolean taken, long remaining, Duration untilReset) {}

    /**
     * Takes one token of a bucket. Of several calls at once, on all nodes, no more succeed than there are tokens.
     *
     * @param bucket name of the bucket, which is full at first
     */
    Balance take(String bucket, Limit limit);

    /** Reads a bucket without taking a token. */
    Balance peek(String bucket, Limit limit);
}
