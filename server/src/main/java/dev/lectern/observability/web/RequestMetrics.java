package dev.lectern.observability.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Counts and times requests by method, address pattern and status. All requests that match no pattern share one series, so that clients cannot create new
 * ones.
 */
@Component
@Order(RequestMetrics.AFTER_OUTERMOST_FILTER)
class RequestMetrics extends OncePerRequestFilter {
    static final int AFTER_OUTERMOST_FILTER = -99;

    private final MeterRegistry registry;
    /** Bounded by the number of address patterns. */
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Series(String method, String uri, String status) {}

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long started = System.nanoTime();
        boolean completed = false;
        try {
            chain.doFilter(request, response);
            completed = true;
        } finally {
            Object handler = request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
            Object pattern = handler instanceof HandlerMethod
                    ? request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                    : null;
            Series series = new Series(
                    method(request),
                    pattern == null ? "page" : pattern.toString(),
                    completed ? Integer.toString(response.getStatus()) : "refused");
            timers.computeIfAbsent(series, this::timer).record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(Series series) {
        return Timer.builder("http.server.requests")
                .description("Requests by method, address pattern and status")
                .tag("method", series.method())
                .tag("uri", series.uri())
                .tag("status", series.status())
                .register(registry);
    }

    private static String method(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> request.getMethod();
            default -> "OTHER";
        };
    }
}
