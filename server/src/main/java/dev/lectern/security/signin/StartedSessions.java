package dev.lectern.security.signin;

import dev.lectern.http.ClientAddress;
import dev.lectern.security.accounts.UserAccount;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Begins and ends the session of a request, which has passed the {@link SessionFilter}. Thread-safe. */
@Component
public class StartedSessions {
    private static final int MAX_USER_AGENT = 200;

    private final SecurityContextRepository contexts;

    StartedSessions(SecurityContextRepository contexts) {
        this.contexts = contexts;
    }

    /**
     * Begins a new session, whoever has proved to be the person: a session that the browser had before is over, so nobody can have planted it.
     *
     * @param user active
     */
    public void start(UserAccount user, HttpServletRequest request, HttpServletResponse response) {
        HttpSession former = request.getSession(false);
        if (former != null) {
            former.invalidate();
        }
        HttpSession session = request.getSession(true);
        session.setAttribute(UserSessions.ADDRESS, ClientAddress.of(request).text());
        session.setAttribute(UserSessions.USER_AGENT, userAgent(request));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user.id(), null, List.of()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        SessionFilterChain.setUser(request, user.id());
    }

    /** Ends the session of a request, if it has one. */
    void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    /** The id of the session; empty without one. */
    public String idOf(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? "" : session.getId();
    }

    /** What changes of this session send in {@code X-CSRF-Token}; empty without a session. */
    public Optional<String> csrfToken(HttpServletRequest request) {
        return SessionFilterChain.userOf(request)
                .map(user -> (CsrfToken) request.getAttribute(CsrfToken.class.getName()))
                .map(CsrfToken::getToken);
    }

    private static String userAgent(HttpServletRequest request) {
        String text =
                Objects.requireNonNullElse(request.getHeader("User-Agent"), "").replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= MAX_USER_AGENT ? text : text.substring(0, MAX_USER_AGENT);
    }
}
