package dev.lectern.security.limits;

import dev.lectern.caching.TokenBuckets.Balance;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The fields of draft-ietf-httpapi-ratelimit-headers-10, lists of strings with parameters (RFC 9651). */
final class RateLimitFields {
    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";

    private RateLimitFields() {}

    /** A policy and what is left of it for one client. */
    record Usage(RateLimitPolicy policy, Balance balance) {}

    /** Such as {@code "ip";q=100;w=60}. */
    static String policies(List<RateLimitPolicy> policies) {
        return policies.stream()
                .map(policy -> "\"" + policy.name() + "\";q=" + policy.limit().tokens() + ";w="
                        + policy.limit().window().toSeconds())
                .collect(Collectors.joining(", "));
    }

    /** Such as {@code "ip";r=42;t=18}. */
    static String limits(List<Usage> usages) {
        return usages.stream()
                .map(usage -> "\"" + usage.policy().name() + "\";r="
                        + usage.balance().remaining() + ";t="
                        + seconds(usage.balance().untilReset()))
                .collect(Collectors.joining(", "));
    }

    /** Rounded up. */
    static long seconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }
}
