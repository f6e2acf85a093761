package dev.lectern.security.limits;

import dev.lectern.caching.TokenBuckets;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.FilterOrder;
import dev.lectern.http.QuotaExceededException;
import dev.lectern.http.RefusedBody;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests of a client address that sent too many in the last minute, before anything else is done for them. */
@Component
@Order(FilterOrder.RATE)
class RateLimitFilter extends OncePerRequestFilter {
    static final String LIMITED = "lectern.rate.limited";
    static final String LIMITED_DESCRIPTION =
            "Requests that were refused since their client address or end user sent too many";
    private static final String AUTHORIZATION = "Authorization";

    private final RateLimitPolicies policies;
    private final RateLimiter limiter;
    private final MeterRegistry meters;
    private final RateLimits limits;

    RateLimitFilter(RateLimits limits, TokenBuckets buckets, MeterRegistry meters) {
        this.policies = new RateLimitPolicies(limits);
        this.limiter = new RateLimiter(buckets);
        this.meters = meters;
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ClientAddress address = ClientAddress.of(request);
        if (limits.isAllowed(address)) {
            chain.doFilter(request, response);
            return;
        }
        List<RateLimitPolicy> counted = policies.of(request);
        String client = address.key();
        boolean provesIdentity = request.getHeader(AUTHORIZATION) != null;
        try {
            if (!counted.isEmpty()) {
                limiter.take(counted, client, response);
            }
            if (provesIdentity) {
                limiter.requireAvailable(policies.signIns(), client, response);
            }
        } catch (QuotaExceededException exceeded) {
            exceeded.policies().forEach(policy -> refused(policy).increment());
            RefusedBody.discard(request, response);
            throw exceeded;
        }
        if (!provesIdentity) {
            chain.doFilter(request, response);
            return;
        }
        boolean failed = false;
        try {
            chain.doFilter(request, response);
            failed = response.getStatus() == ErrorCode.UNAUTHENTICATED.status();
        } catch (LecternException failure) {
            failed = failure.code() == ErrorCode.UNAUTHENTICATED;
            throw failure;
        } finally {
            if (failed) {
                limiter.count(policies.signIns(), client);
            }
        }
    }

    private Counter refused(String policy) {
        return Counter.builder(LIMITED)
                .description(LIMITED_DESCRIPTION)
                .tag("policy", policy)
                .register(meters);
    }
}
