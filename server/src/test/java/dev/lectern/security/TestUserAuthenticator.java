package dev.lectern.security;

import dev.lectern.security.accounts.ActiveUsers;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.core.annotation.Order;

/** Knows people by their ids in a header, so that tests need no sign-in. Only for tests; give it to {@code TestServer.start}. */
@Order(0)
public class TestUserAuthenticator implements CallerAuthenticator {
    /** The header with the id of an account. */
    public static final String HEADER = "Test-User";

    private final ActiveUsers users;

    public TestUserAuthenticator(ActiveUsers users) {
        this.users = users;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .map(id -> users.find(id)
                        .orElseThrow(() -> new LecternException(ErrorCode.UNAUTHENTICATED, "The account is disabled.")));
    }
}
