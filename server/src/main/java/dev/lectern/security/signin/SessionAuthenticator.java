package dev.lectern.security.signin;

import dev.lectern.security.CallerAuthenticator;
import dev.lectern.security.accounts.ActiveUsers;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.core.annotation.Order;
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

    SessionAuthenticator(ActiveUsers users) {
        this.users = users;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        Optional<String> id = SessionFilterChain.userOf(request);
        if (id.isPresent()) {
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
}
