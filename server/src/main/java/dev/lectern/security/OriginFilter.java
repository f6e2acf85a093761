package dev.lectern.security;

import dev.lectern.http.FilterOrder;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Rejects requests for unknown host names, and changes by pages of other sites. Probes and metric scrapers may call by IP address. */
@Component
@Order(FilterOrder.ORIGIN)
class OriginFilter extends OncePerRequestFilter {
    private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private static final int MAX_REPORTED = 20;
    private static final int MAX_REPORTED_LENGTH = 255;
    private static final Logger log = LoggerFactory.getLogger(OriginFilter.class);

    private final AllowedHosts hosts;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    OriginFilter(SecurityProperties properties, ServerProperties server) {
        Set<String> names = new HashSet<>(properties.allowedHosts());
        if (server.getAddress() != null && !server.getAddress().isAnyLocalAddress()) {
            names.add(server.getAddress().getHostAddress());
            names.add(server.getAddress().getHostName());
        }
        this.hosts = new AllowedHosts(names);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader("Host");
        if (!hosts.isAllowed(host) && !isProbe(request)) {
            reportHost(host);
            throw new LecternException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "The Host header names a host that this server does not accept. Use the address that the operator"
                            + " named, or ask the operator of this server to allow this one.");
        }
        if (!READ_METHODS.contains(request.getMethod())
                && !AllowedHosts.isSameOrigin(
                        host == null ? "" : host, request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"))) {
            throw new LecternException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "The page of another site cannot make changes here. Use the page of this server, or a client"
                            + " without an Origin header.");
        }
        chain.doFilter(request, response);
    }

    /** Once for each name, of at most a few names, so that requests cannot fill the log. */
    private void reportHost(@Nullable String host) {
        String name = host == null ? "" : host;
        if (name.length() <= MAX_REPORTED_LENGTH && reported.size() < MAX_REPORTED && reported.add(name)) {
            log.warn(
                    "A request for the host \"{}\" was refused. To accept this name, add it to"
                            + " LECTERN_SECURITY_ALLOWED_HOSTS.",
                    name.replaceAll("[^\\x20-\\x7e]", "?"));
        }
    }

    private static boolean isProbe(HttpServletRequest request) {
        String path = request.getRequestURI();
        return READ_METHODS.contains(request.getMethod())
                && (path.equals("/health") || path.startsWith("/health/") || path.equals("/metrics"));
    }
}
