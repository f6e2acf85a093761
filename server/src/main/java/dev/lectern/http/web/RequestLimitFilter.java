package dev.lectern.http.web;

import dev.lectern.http.FilterOrder;
import dev.lectern.http.HttpProperties;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the requests that are handled at once, those with a slow body and open event streams included. It is the only such limit: the server has a virtual
 * thread for each request. Probes and metrics are always let through, so that a busy server is not taken for a dead one.
 */
@Component
@Order(FilterOrder.LIMIT)
class RequestLimitFilter extends OncePerRequestFilter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore permits;

    RequestLimitFilter(HttpProperties properties) {
        this.permits = new Semaphore(properties.maxRequests());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads && (path.equals("/health") || path.startsWith("/health/") || path.equals("/metrics"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!permits.tryAcquire()) {
            throw LecternException.withRetryAfter(
                    ErrorCode.OVERLOADED,
                    "The server handles as many requests as it may. Try again in a few seconds.",
                    RETRY_AFTER);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            permits.release();
        }
    }
}
