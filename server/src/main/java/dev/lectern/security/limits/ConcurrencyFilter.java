package dev.lectern.security.limits;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.FilterOrder;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits what one client address has open at once, slow uploads and event streams included, so that nobody takes all places of the server. */
@Component
@Order(FilterOrder.CONCURRENCY)
class ConcurrencyFilter extends OncePerRequestFilter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ConcurrencyLimit requests;
    private final ConcurrencyLimit streams;
    private final RateLimits limits;

    ConcurrencyFilter(RateLimits limits) {
        this.requests = new ConcurrencyLimit(limits::concurrentRequests);
        this.streams = new ConcurrencyLimit(limits::concurrentStreams);
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ClientAddress address = ClientAddress.of(request);
        if (RateLimitPolicies.isProbe(request) || limits.isAllowed(address)) {
            chain.doFilter(request, response);
            return;
        }
        String client = address.key();
        if (!requests.tryEnter(client)) {
            response.setHeader("Connection", "close");
            throw refusal(requests, "requests");
        }
        try {
            passStreams(client, request, response, chain);
        } finally {
            requests.leave(client);
        }
    }

    private void passStreams(String client, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!RateLimitPolicies.isStream(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (!streams.tryEnter(client)) {
            throw refusal(streams, "answers and event streams");
        }
        try {
            chain.doFilter(request, response);
        } finally {
            streams.leave(client);
        }
    }

    private static LecternException refusal(ConcurrencyLimit limit, String counted) {
        return LecternException.withRetryAfter(
                ErrorCode.TOO_MANY_REQUESTS,
                "Your address has " + limit.max() + " " + counted
                        + " open, which is the maximum. Wait until some of them" + " have ended.",
                RETRY_AFTER);
    }
}
