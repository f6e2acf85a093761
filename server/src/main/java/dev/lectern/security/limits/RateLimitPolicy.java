package dev.lectern.security.limits;

import dev.lectern.caching.TokenBuckets;
import java.time.Duration;

/**
 * A limit on what one client address may do in a minute.
 *
 * @param name as in {@code RateLimit-Policy}, of lower-case letters and hyphens
 * @param limit tokens and time
 * @param counted what is counted, in the plural, for the texts of refusals
 */
record RateLimitPolicy(String name, TokenBuckets.Limit limit, String counted) {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    static RateLimitPolicy perMinute(String name, int tokens, String counted) {
        return new RateLimitPolicy(name, new TokenBuckets.Limit(tokens, WINDOW), counted);
    }

    boolean isEnabled() {
        return limit.tokens() > 0;
    }

    /** The bucket of a client. The quota is part of its name, so that a changed setting does not meet buckets of the former one. */
    String bucketOf(String client) {
        return name + ":" + limit.tokens() + ":" + client;
    }
}
