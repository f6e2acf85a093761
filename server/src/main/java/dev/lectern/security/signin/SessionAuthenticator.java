package dev.lectern.security.signin;

import dev.lectern.security.CallerAuthenticator;
import dev.lectern.security.SignInPaths;
import dev.lectern.security.accounts.ActiveUsers;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Knows a person by a session. While a session is over, reads are those of a visitor; changes are refused, so that nothing is stored under a visitor that a person
 * means to store under an account.
 */
@Component
@Order(SessionAuthenticator.ORDER)
class SessionAuthenticator implements CallerAuthenticator {
    static final int ORDER = 200;

    private final ActiveUsers users;
    private final ObjectProvider<UserSessions> sessions;
    private final ObjectProvider<SessionTokens> tokens;
    private final ObjectProvider<StartedSessions> started;
    private final ObjectProvider<SessionRefresher> refreshers;

    SessionAuthenticator(
            ActiveUsers users,
            ObjectProvider<UserSessions> sessions,
            ObjectProvider<SessionTokens> tokens,
            ObjectProvider<StartedSessions> started,
            ObjectProvider<SessionRefresher> refreshers) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.started = started;
        this.refreshers = refreshers;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        Optional<String> id = SessionFilterChain.userOf(request);
        if (id.isPresent()) {
            refreshers.forEach(
                    refresher -> refresher.refresh(started.getObject().idOf(request), id.get()));
            Optional<Caller.User> user = users.find(id.get());
            if (user.isPresent()) {
                return Optional.of(user.get());
            }
        }
        boolean isOver = id.isPresent() || SessionFilterChain.isEnded(request);
        if (isOver && SignInPaths.isChangeOfSession(request) && !SignInPaths.matches(request)) {
            throw new LecternException(ErrorCode.UNAUTHENTICATED, "Your session is over. Sign in again.");
        }
        return Optional.empty();
    }

    /** Looks at the stored session, which may have ended since the request began. */
    @Override
    public Optional<Caller> reauthenticate(HttpServletRequest request) {
        if (SessionFilterChain.userOf(request).isPresent() && !isStored(request)) {
            throw new LecternException(ErrorCode.UNAUTHENTICATED, "Your session is over. Sign in again.");
        }
        return authenticate(request);
    }

    private boolean isStored(HttpServletRequest request) {
        for (String id : tokens.getObject().resolveSessionIds(request)) {
            Session session = sessions.getObject().limited().findById(id);
            if (session != null && !session.isExpired()) {
                return true;
            }
        }
        return false;
    }
}
