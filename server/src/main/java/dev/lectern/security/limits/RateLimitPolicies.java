package dev.lectern.security.limits;

import dev.lectern.http.PageFiles;
import dev.lectern.security.SignInPaths;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which limits apply to which request. */
final class RateLimitPolicies {
    private static final Pattern ASK = Pattern.compile("/api/v1/(ask|conversations/[^/]+/messages)/?");
    private static final Pattern EVENTS = Pattern.compile("/api/v1/.+/events/?");

    private final CurrentPolicy requests;
    private final CurrentPolicy questions;
    private final CurrentPolicy signIns;
    private final CurrentPolicy signInRequests;
    private final CurrentPolicy health;
    private final CurrentPolicy metrics;

    RateLimitPolicies(RateLimits limits) {
        requests = new CurrentPolicy("ip", limits::requests, "requests");
        questions = new CurrentPolicy("ask", limits::questions, "questions");
        signIns = new CurrentPolicy("sign-in", limits::signIns, "failed sign-ins");
        signInRequests = new CurrentPolicy("sign-in-requests", limits::signInRequests, "sign-ins");
        health = new CurrentPolicy("health", limits::health, "health checks");
        metrics = new CurrentPolicy("metrics", limits::metrics, "requests for metrics");
    }

    /** The policy of a limit that may change. It is made anew only after a change, since every request reads it. */
    private static final class CurrentPolicy {
        private final IntSupplier tokens;
        private volatile RateLimitPolicy policy;

        CurrentPolicy(String name, IntSupplier tokens, String counted) {
            this.tokens = tokens;
            policy = RateLimitPolicy.perMinute(name, tokens.getAsInt(), counted);
        }

        RateLimitPolicy get() {
            RateLimitPolicy known = policy;
            int now = tokens.getAsInt();
            if (known.limit().tokens() != now) {
                known = RateLimitPolicy.perMinute(known.name(), now, known.counted());
                policy = known;
            }
            return known;
        }
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
        if (SignInPaths.isAttempt(request)) {
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

    /** The limit on attempts to prove an identity that failed. */
    RateLimitPolicy signIns() {
        return signIns.get();
    }

    private static List<RateLimitPolicy> enabled(CurrentPolicy... policies) {
        return Stream.of(policies)
                .map(CurrentPolicy::get)
                .filter(RateLimitPolicy::isEnabled)
                .toList();
    }
}
