package dev.lectern.security.limits;

import dev.lectern.http.PageFiles;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which limits apply to which request. */
final class RateLimitPolicies {
    private static final Pattern ASK = Pattern.compile("/api/v1/(ask|conversations/[^/]+/messages)/?");
    private static final Pattern SIGN_IN = Pattern.compile("/api/v1/(session|setup|password-reset)/?");
    private static final Pattern EVENTS = Pattern.compile("/api/v1/.+/events/?");

    private final RateLimitPolicy requests;
    private final RateLimitPolicy questions;
    private final RateLimitPolicy signIns;
    private final RateLimitPolicy signInRequests;
    private final RateLimitPolicy health;
    private final RateLimitPolicy metrics;

    RateLimitPolicies(RateLimitProperties properties) {
        requests = RateLimitPolicy.perMinute("ip", properties.requests(), "requests");
        questions = RateLimitPolicy.perMinute("ask", properties.questions(), "questions");
        signIns = RateLimitPolicy.perMinute("sign-in", properties.signIns(), "failed sign-ins");
        signInRequests = RateLimitPolicy.perMinute("sign-in-requests", properties.signInRequests(), "sign-ins");
        health = RateLimitPolicy.perMinute("health", properties.health(), "health checks");
        metrics = RateLimitPolicy.perMinute("metrics", properties.metrics(), "requests for metrics");
    }

    /** The limits that a request counts for, in the order in which they are checked; empty for files of the page. */
    List<RateLimitPolicy> of(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (isProbe(request)) {
            return path.equals("/metrics") ? enabled(metrics) : enabled(health);
        }
        if (PageFiles.isFile(request)) {
            return List.of();
        }
        if (signsIn(request)) {
            return enabled(signInRequests);
        }
        return asks(request) ? enabled(requests, questions) : enabled(requests);
    }

    /** Whether a request is of a monitoring system. */
    static boolean isProbe(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/health") || path.startsWith("/health/") || path.equals("/metrics");
    }

    /** Whether a request lasts long: an answer or a stream of events. */
    static boolean isStream(HttpServletRequest request) {
        return asks(request)
                || (request.getMethod().equals("GET")
                        && EVENTS.matcher(request.getRequestURI()).matches());
    }

    private static boolean asks(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && ASK.matcher(request.getRequestURI()).matches();
    }

    private static boolean signsIn(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && SIGN_IN.matcher(request.getRequestURI()).matches();
    }

    /** The limit on attempts to prove an identity that failed. */
    RateLimitPolicy signIns() {
        return signIns;
    }

    private static List<RateLimitPolicy> enabled(RateLimitPolicy... policies) {
        return Stream.of(policies).filter(RateLimitPolicy::isEnabled).toList();
    }
}
