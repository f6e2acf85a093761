package dev.lectern.security.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations that people use before they have signed in. */
final class SignInPaths {
    private static final Pattern SIGN_IN =
            Pattern.compile("/api/v1/(session|session/provider|session/provider/callback|setup|password-reset)/?");
    private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private SignInPaths() {}

    static boolean matches(HttpServletRequest request) {
        return SIGN_IN.matcher(request.getRequestURI()).matches();
    }

    static boolean isChange(HttpServletRequest request) {
        return !READ_METHODS.contains(request.getMethod());
    }

    /** Whether a session authenticates the change of a request: all but those that need no session. */
    static boolean isChangeOfSession(HttpServletRequest request) {
        return isChange(request) && !(matches(request) && request.getMethod().equals("POST"));
    }
}
