package dev.lectern.security;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.FilterOrder;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Rejects requests for unknown host names, and changes by pages of other sites. Probes and metric scrapers may call by IP address. */
@Component
@Order(FilterOrder.ORIGIN)
class OriginFilter extends OncePerRequestFilter {
    private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private static final int MAX_REPORTED = 20;
    private static final int MAX_REPORTED_LENGTH = 1_000;
    private static final Logger log = LoggerFactory.getLogger(OriginFilter.class);

    private final AllowedHosts hosts;
    private final OriginPolicy origins;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    OriginFilter(AllowedHosts hosts, OriginPolicy origins) {
        this.hosts = hosts;
        this.origins = origins;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ClientAddress address = ClientAddress.of(request);
        String host = address.external().host();
        if (!hosts.isAllowed(host) && !isProbe(request)) {
            throw refuse(refuseHost(host));
        }
        if (!READ_METHODS.contains(request.getMethod())) {
            Optional<String> refusal =
                    origins.refuse(address, request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"));
            if (refusal.isPresent()) {
                throw refuse(refusal.get());
            }
        }
        chain.doFilter(request, response);
    }

    private static String refuseHost(String host) {
        String name = host.replaceAll("[^\\x20-\\x7e]", "?");
        return host.isEmpty()
                ? "The request names no host, and this server answers under names that it knows. Send the Host header,"
                        + " or X-Forwarded-Host from a proxy in LECTERN_HTTP_TRUSTED_PROXIES."
                : "This server does not answer under the host name \"" + name + "\". Use the address that the operator"
                        + " named. To accept this name, the operator adds it to LECTERN_SECURITY_ALLOWED_HOSTS.";
    }

    /** The client is told the settings too: who meets this refusal is setting up a proxy or a name, and has only the page to look at. */
    private LecternException refuse(String message) {
        reportOnce(message);
        return new LecternException(ErrorCode.ORIGIN_NOT_ALLOWED, message);
    }

    /** Once for each text, of at most a few texts, so that requests cannot fill the log. */
    private void reportOnce(String message) {
        if (message.length() <= MAX_REPORTED_LENGTH && reported.size() < MAX_REPORTED && reported.add(message)) {
            log.warn("A request was refused. {}", message);
        }
    }

    private static boolean isProbe(HttpServletRequest request) {
        String path = request.getRequestURI();
        return READ_METHODS.contains(request.getMethod())
                && (path.equals("/health") || path.startsWith("/health/") || path.equals("/metrics"));
    }
}
