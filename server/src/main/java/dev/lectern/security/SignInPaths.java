package dev.lectern.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations that people use before they have signed in. The only owner of this. */
public final class SignInPaths {
    private static final Pattern SIGN_IN = Pattern.compile("/api/v1/(session|setup|password-reset)(/.*)?");
    /** With a password, a passkey or a one-time link; the identity provider's are below {@code /session}, too. */
    private static final Pattern ATTEMPT =
            Pattern.compile("/api/v1/(session(/passkey(/options)?)?|setup|password-reset)/?");

    private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private SignInPaths() {}

    /** Whether a request is part of signing in, out or finding out who has: it needs no session. */
    public static boolean matches(HttpServletRequest request) {
        return SIGN_IN.matcher(request.getRequestURI()).matches();
    }

    /** Whether a request tries a password, a passkey or a one-time link. */
    public static boolean isAttempt(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && ATTEMPT.matcher(request.getRequestURI()).matches();
    }

    /** Whether a session authenticates the change of a request: all but those that need no session. */
    public static boolean isChangeOfSession(HttpServletRequest request) {
        boolean isChange = !READ_METHODS.contains(request.getMethod());
        return isChange && !(matches(request) && request.getMethod().equals("POST"));
    }
}
