package dev.lectern.security.signin;

import dev.lectern.security.SignInPaths;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.CompositeFilter;

/** The filters of requests with a session: Spring Session, then Spring Security's context and CSRF token. They set who has signed in, see {@link #userOf}. */
@Component
final class SessionFilterChain {
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final String USER = SessionFilterChain.class.getName() + ".user";
    private static final String ENDED = SessionFilterChain.class.getName() + ".ended";

    private final CompositeFilter filters = new CompositeFilter();

    SessionFilterChain(UserSessions sessions, SessionTokens tokens, SecurityContextRepository contexts) {
        filters.setFilters(List.of(
                sessionFilter(sessions.limited(), tokens),
                new SecurityContextHolderFilter(contexts),
                (request, response, chain) -> {
                    identify((HttpServletRequest) request, (HttpServletResponse) response, tokens);
                    chain.doFilter(request, response);
                },
                csrfFilter()));
    }

    void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        filters.doFilter(request, response, chain);
    }

    /** The id of the account that has signed in; empty without a valid session. */
    static Optional<String> userOf(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(USER));
    }

    static void setUser(HttpServletRequest request, String userId) {
        request.setAttribute(USER, userId);
    }

    /** Whether the request has the cookie of a session that is over. */
    static boolean isEnded(HttpServletRequest request) {
        return request.getAttribute(ENDED) != null;
    }

    private static void identify(HttpServletRequest request, HttpServletResponse response, SessionTokens tokens) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null) {
            setUser(request, authentication.getName());
        } else if (tokens.isSent(request)) {
            request.setAttribute(ENDED, true);
            tokens.expireSession(request, response);
        }
    }

    private static <S extends Session> Filter sessionFilter(SessionRepository<S> sessions, SessionTokens tokens) {
        SessionRepositoryFilter<S> filter = new SessionRepositoryFilter<>(sessions);
        filter.setHttpSessionIdResolver(tokens);
        return filter;
    }

    /** The check of origins refuses pages of other sites before this, as far as browsers tell them. */
    private static Filter csrfFilter() {
        HttpSessionCsrfTokenRepository tokens = new HttpSessionCsrfTokenRepository();
        tokens.setHeaderName(CSRF_HEADER);
        CsrfFilter filter = new CsrfFilter(tokens);
        filter.setRequestHandler(new XorCsrfTokenRequestAttributeHandler());
        filter.setRequireCsrfProtectionMatcher(
                request -> userOf(request).isPresent() && SignInPaths.isChangeOfSession(request));
        filter.setAccessDeniedHandler((request, response, denied) -> {
            throw new LecternException(
                    ErrorCode.FORBIDDEN,
                    "A change by somebody who has signed in needs the header " + CSRF_HEADER
                            + ". Send the `csrfToken` of GET /api/v1/session in it, or load the page again.",
                    denied);
        });
        return filter;
    }
}
