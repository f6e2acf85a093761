package dev.lectern.security.signin;

import dev.lectern.http.FilterOrder;
import dev.lectern.security.HostCookie;
import dev.lectern.security.SignInPaths;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Passes requests of people who have signed in, and those of the sign-in itself, to the filters of Spring Session and Spring Security. No other request meets them: they
 * cost half of the throughput of small calls, and they are loaded when they are first needed.
 */
@Component
@Order(FilterOrder.SESSION)
class SessionFilter extends OncePerRequestFilter {
    private final ObjectProvider<SessionFilterChain> sessions;
    private final HostCookie cookie = new HostCookie(SessionTokens.COOKIE);

    SessionFilter(ObjectProvider<SessionFilterChain> sessions) {
        this.sessions = sessions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        if (!request.getRequestURI().startsWith("/api/")) {
            return true;
        }
        boolean isOfSession = request.getHeader("Authorization") == null && cookie.isIn(request);
        return !isOfSession && !SignInPaths.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        sessions.getObject().doFilter(request, response, chain);
    }
}
