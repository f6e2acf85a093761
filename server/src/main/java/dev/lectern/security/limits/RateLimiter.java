package dev.lectern.security.limits;

import dev.lectern.caching.TokenBuckets;
import dev.lectern.caching.TokenBuckets.Balance;
import dev.lectern.http.QuotaExceededException;
import dev.lectern.security.limits.RateLimitFields.Usage;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;

/** Takes what a request uses of the limits of its client, and tells the client what is left. */
final class RateLimiter {
    private final TokenBuckets buckets;

    RateLimiter(TokenBuckets buckets) {
        this.buckets = buckets;
    }

    /**
     * Takes one token of each policy. Adds to the fields of the response, also of a refusal.
     *
     * @param client key of the client's address, or of the end user
     * @throws QuotaExceededException when one of them has none left; the policies after it are not touched
     */
    void take(List<RateLimitPolicy> policies, String client, HttpServletResponse response) {
        response.addHeader(RateLimitFields.POLICY, RateLimitFields.policies(policies));
        List<Usage> usages = new ArrayList<>(policies.size());
        for (RateLimitPolicy policy : policies) {
            Balance balance = buckets.take(policy.bucketOf(client), policy.limit());
            usages.add(new Usage(policy, balance));
            if (!balance.taken()) {
                break;
            }
        }
        response.addHeader(RateLimitFields.LIMIT, RateLimitFields.limits(usages));
        Usage last = usages.getLast();
        if (!last.balance().taken()) {
            throw exceeded(last);
        }
    }

    /**
     * Refuses what would count for a policy if it failed, such as a sign-in.
     *
     * @throws QuotaExceededException when the policy has no token left; none is taken
     */
    void requireAvailable(RateLimitPolicy policy, String client, HttpServletResponse response) {
        if (!policy.isEnabled()) {
            return;
        }
        Balance balance = buckets.peek(policy.bucketOf(client), policy.limit());
        if (!balance.taken()) {
            Usage usage = new Usage(policy, balance);
            response.setHeader(RateLimitFields.POLICY, RateLimitFields.policies(List.of(policy)));
            response.setHeader(RateLimitFields.LIMIT, RateLimitFields.limits(List.of(usage)));
            throw exceeded(usage);
        }
    }

    /** Counts a failure. */
    void count(RateLimitPolicy policy, String client) {
        if (policy.isEnabled()) {
            Balance _ = buckets.take(policy.bucketOf(client), policy.limit());
        }
    }

    private static QuotaExceededException exceeded(Usage usage) {
        RateLimitPolicy policy = usage.policy();
        return new QuotaExceededException(
                policy.subject() + " sent more than " + policy.limit().tokens() + " " + policy.counted() + " within "
                        + policy.limit().window().toSeconds() + " s. Try again in "
                        + Math.max(1, RateLimitFields.seconds(usage.balance().untilReset()))
                        + " s, or ask the operator of this server for a higher limit.",
                List.of(policy.name()),
                usage.balance().untilReset());
    }
}
