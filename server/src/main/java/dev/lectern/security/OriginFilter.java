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
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stops requests for another host's name, and changes that another site's page tries to make. Probes and scrapers, which call by address, are let in. */
@Component
@Order(FilterOrder.ORIGIN)
class OriginFilter extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final AllowedHosts hosts;

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
        if (!hosts.hasHost(host) && !isProbe(request)) {
            throw new LecternException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "This server does not answer to this host name. Its operator can add the name to LECTERN_SECURITY_ALLOWED_HOSTS.");
        }
        if (!READING.contains(request.getMethod())
                && !AllowedHosts.sameOrigin(
                        host == null ? "" : host, request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"))) {
            throw new LecternException(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "Changes can be made from this server's own page only, not from another site's.");
        }
        chain.doFilter(request, response);
    }

    private static boolean isProbe(HttpServletRequest request) {
        String path = request.getRequestURI();
        return READING.contains(request.getMethod())
                && (path.equals("/health") || path.startsWith("/health/") || path.equals("/metrics"));
    }
}
