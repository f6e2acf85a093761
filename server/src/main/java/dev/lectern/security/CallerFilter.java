package dev.lectern.security;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.FilterOrder;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Identifies the caller of an API request: the operator by a bearer token with the content of the key file, otherwise the visitor by the cookie. A request
 * without either gets the cookie of a new visitor.
 */
@Component
@Order(FilterOrder.CALLER)
class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final OperatorKey operatorKey;
    private final VisitorCookieCodec visitors;
    private final IdGenerator ids;
    private final SecurityProperties properties;

    CallerFilter(OperatorKey operatorKey, VisitorCookieCodec visitors, IdGenerator ids, SecurityProperties properties) {
        this.operatorKey = operatorKey;
        this.visitors = visitors;
        this.ids = ids;
        this.properties = properties;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String authorization = request.getHeader("Authorization");
        Caller caller = authorization != null ? operator(authorization) : visitor(request, response);
        CallerAttribute.put(request, caller);
        chain.doFilter(request, response);
    }

    private Caller operator(String authorization) {
        if (authorization.startsWith(BEARER)
                && operatorKey.matches(authorization.substring(BEARER.length()).strip())) {
            return new Caller.Operator("operator");
        }
        throw new LecternException(
                ErrorCode.UNAUTHENTICATED,
                "The bearer token is not the key of this server. Send the content of the file `key` in its data folder, or no Authorization header.");
    }

    private Caller visitor(HttpServletRequest request, HttpServletResponse response) {
        return cookie(request).flatMap(visitors::read).orElseGet(() -> {
            Caller.Visitor visitor = new Caller.Visitor(ids.next());
            response.addHeader(
                    "Set-Cookie",
                    ResponseCookie.from(VisitorCookieCodec.NAME, visitors.sign(visitor))
                            .path("/")
                            .httpOnly(true)
                            .sameSite("Lax")
                            .secure(request.isSecure())
                            .maxAge(properties.visitorKept())
                            .build()
                            .toString());
            return visitor;
        });
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(VisitorCookieCodec.NAME))
                .map(Cookie::getValue)
                .findFirst();
    }
}
