package dev.lectern.security;

import dev.lectern.http.FilterOrder;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of the sites that the operator named call the API: answers their preflights, and lets them read responses, refusals included. No other site gets
 * such a header.
 */
@Component
@Order(FilterOrder.CORS)
class CorsFilter extends OncePerRequestFilter {
    /** As long as Chromium keeps a preflight at most. */
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(2);

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Language",
            "Authorization",
            "Content-Language",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            EndUser.HEADER,
            "Range",
            "traceparent",
            "X-CSRF-Token",
            "X-Request-Id");

    private final OriginPolicy origins;
    private final CorsConfiguration configuration = new CorsConfiguration();
    private final DefaultCorsProcessor processor = new ProblemProcessor();
    private final boolean hasOrigins;

    CorsFilter(OriginPolicy origins, SecurityProperties properties) {
        this.origins = origins;
        this.hasOrigins = !properties.corsOrigins().isEmpty();
        configuration.setAllowedOrigins(List.copyOf(properties.corsOrigins()));
        configuration.setAllowCredentials(true);
        configuration.setAllowedMethods(METHODS);
        configuration.setAllowedHeaders(HEADERS);
        configuration.setExposedHeaders(List.of(
                "Content-Disposition",
                "Content-Range",
                "Deprecation",
                "ETag",
                "Link",
                "Location",
                "RateLimit",
                "RateLimit-Policy",
                "Retry-After",
                "Sunset",
                "WWW-Authenticate",
                "X-Request-Id"));
        configuration.setMaxAge(PREFLIGHT_KEPT);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.startsWith("/api/") && !path.equals("/openapi.json");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isPreflight = CorsUtils.isPreFlightRequest(request);
        if (origins.isListed(request.getHeader(HttpHeaders.ORIGIN))) {
            if (processor.processRequest(configuration, request, response) && !isPreflight) {
                chain.doFilter(request, response);
            }
            return;
        }
        if (hasOrigins) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (isPreflight) {
            throw new LecternException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "Pages of another site may not call this server (received origin "
                            + OriginPolicy.visible(request.getHeader(HttpHeaders.ORIGIN))
                            + "). If they may, the operator adds the origin to LECTERN_SECURITY_CORS_ORIGINS.");
        }
        chain.doFilter(request, response);
    }

    /** Refuses a preflight for a method or header that the API does not have with a problem instead of a plain text. */
    private static final class ProblemProcessor extends DefaultCorsProcessor {
        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw new LecternException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "The preflight asks for a method or a request header that pages of other sites may not use. The methods"
                            + " are " + String.join(", ", METHODS) + ", and the headers " + String.join(", ", HEADERS)
                            + ".");
        }
    }
}
