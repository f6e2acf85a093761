package dev.lectern.security.limits;

import dev.lectern.caching.TokenBuckets;
import java.time.Duration;

/**
 * A limit on what one client address, or one end user of a program, may do in a minute.
 *
 * @param name as in {@code RateLimit-Policy}, of lower-case letters and hyphens
 * @param limit tokens and time
 * @param counted what is counted, in the plural, for the texts of refusals
 * @param subject whose it is, as the begin of such a text
 */
record RateLimitPolicy(String name, TokenBuckets.Limit limit, String counted, String subject) {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    static RateLimitPolicy perMinute(String name, int tokens, String counted) {
        return new RateLimitPolicy(name, new TokenBuckets.Limit(tokens, WINDOW), counted, "Your address");
    }

    RateLimitPolicy of(String other) {
        return new RateLimitPolicy(name, limit, counted, other);
    }

    boolean isEnabled() {
        return limit.tokens() > 0;
    }

    /** The bucket of a client. The quota is part of its name, so that a changed setting does not meet buckets of the former one. */
    String bucketOf(String client) {
        return name + ":" + limit.tokens() + ":" + client;
    }
}
