package dev.lectern.security;

import dev.lectern.http.CurrentCaller;
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
 * Finds out who calls the API: the operator by the key file's content as bearer token, else the visitor of the cookie, else a new visitor, who gets one.
 * Accounts will be looked up here, too.
 */
@Component
@Order(FilterOrder.CALLER)
class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final OperatorKey operatorKey;
    private final VisitorCookie visitors;
    private final IdGenerator ids;
    private final SecurityProperties properties;

    CallerFilter(OperatorKey operatorKey, VisitorCookie visitors, IdGenerator ids, SecurityProperties properties) {
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
        CurrentCaller.put(request, caller);
        chain.doFilter(request, response);
    }

    private Caller operator(String authorization) {
        if (authorization.startsWith(BEARER)
                && operatorKey.is(authorization.substring(BEARER.length()).strip())) {
            return new Caller.Operator("operator");
        }
        throw new LecternException(
                ErrorCode.UNAUTHENTICATED,
                "This key is not the one of this server. Send the content of the file `key` of its data folder, or no Authorization at all.");
    }

    private Caller visitor(HttpServletRequest request, HttpServletResponse response) {
        return cookie(request).flatMap(visitors::read).orElseGet(() -> {
            Caller.Visitor visitor = new Caller.Visitor(ids.next());
            response.addHeader(
                    "Set-Cookie",
                    ResponseCookie.from(VisitorCookie.NAME, visitors.sign(visitor))
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
                .filter(cookie -> cookie.getName().equals(VisitorCookie.NAME))
                .map(Cookie::getValue)
                .findFirst();
    }
}
