package dev.lectern.security;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.FilterOrder;
import dev.lectern.http.NetworkReach;
import dev.lectern.http.NewVisitor;
import dev.lectern.security.access.AccessProperties;
import dev.lectern.security.keys.ApiKeyToken;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Identifies the caller of an API request by its credentials ({@link CallerAuthenticator}), otherwise as the visitor of the cookie. A request without either gets
 * the cookie of a new visitor. A browser gets it with the page: the page sends its first API requests in parallel, and each of them would become a visitor of its
 * own. On the machine itself a visitor of an open server is an administrator, unless a proxy may stand between. In the mode
 * {@code private} a visitor reaches only what signs people in, and collections that are public.
 */
@Component
@Order(FilterOrder.CALLER)
class CallerFilter extends OncePerRequestFilter {
    private static final Pattern NO_PAGE = Pattern.compile("/(assets|docs|health|metrics|webjars)(/.*)?|/[^/]*\\.json");

    private final List<CallerAuthenticator> authenticators;
    private final VisitorCookies cookies;
    private final IdGenerator ids;
    private final CollectionGrants grants;
    private final boolean isOpen;
    private final boolean isBehindProxy;

    CallerFilter(
            List<CallerAuthenticator> authenticators,
            VisitorCookies cookies,
            IdGenerator ids,
            CollectionGrants grants,
            AccessProperties properties,
            NetworkReach reach) {
        this.authenticators = List.copyOf(authenticators);
        this.cookies = cookies;
        this.ids = ids;
        this.grants = grants;
        this.isOpen = properties.mode() == SecurityMode.OPEN;
        this.isBehindProxy = reach.isBehindProxy();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().startsWith("/api/")) {
            Caller caller = authenticate(request).orElseGet(() -> visitor(request, response));
            CallerAttribute.put(request, caller);
        } else if (isMetrics(request)
                && BearerToken.of(request).filter(ApiKeyToken::isToken).isPresent()) {
            authenticate(request).ifPresent(caller -> CallerAttribute.put(request, caller));
        } else if (isOpen
                && opensPage(request)
                && cookies.read(request, response).isEmpty()) {
            cookies.write(new Caller.Visitor(ids.next()), request, response);
        }
        chain.doFilter(request, response);
    }

    /** Metrics need no caller, but a key that is sent has to be valid and to have their scope. */
    private static boolean isMetrics(HttpServletRequest request) {
        return request.getRequestURI().equals("/metrics");
    }

    private Optional<Caller> authenticate(HttpServletRequest request) {
        for (CallerAuthenticator authenticator : authenticators) {
            Optional<Caller> caller = authenticator.authenticate(request);
            if (caller.isPresent()) {
                return caller;
            }
        }
        return Optional.empty();
    }

    private static boolean opensPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String path = request.getRequestURI();
        return request.getMethod().equals("GET")
                && (path.equals("/") || (accept != null && accept.contains("text/html")))
                && !NO_PAGE.matcher(path).matches();
    }

    private Caller visitor(HttpServletRequest request, HttpServletResponse response) {
        if (!grants.isAnyPublic() && !SignInPaths.matches(request)) {
            throw new LecternException(
                    ErrorCode.UNAUTHENTICATED, "Sign in, or send an API key as `Authorization: Bearer lect_…`.");
        }
        boolean isAdministrator =
                isOpen && !isBehindProxy && ClientAddress.of(request).isLoopback();
        return cookies.read(request, response)
                .map(known -> new Caller.Visitor(known.id(), isAdministrator))
                .orElseGet(() -> {
                    Caller.Visitor visitor = new Caller.Visitor(ids.next(), isAdministrator);
                    cookies.write(visitor, request, response);
                    NewVisitor.put(request, earlier -> {
                        Caller.Visitor resumed = new Caller.Visitor(earlier, isAdministrator);
                        CallerAttribute.put(request, resumed);
                        cookies.write(resumed, request, response);
                        return resumed;
                    });
                    return visitor;
                });
    }
}
