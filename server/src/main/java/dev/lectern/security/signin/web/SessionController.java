package dev.lectern.security.signin.web;

import dev.lectern.security.signin.FirstAdministrator;
import dev.lectern.security.signin.Passwords;
import dev.lectern.security.signin.SignInService;
import dev.lectern.security.signin.SignInService.Credentials;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class SessionController {
    private final SignInService signIn;
    private final FirstAdministrator firstAdministrator;
    private final Passwords passwords;
    private final SessionViewer viewer;

    SessionController(
            SignInService signIn, FirstAdministrator firstAdministrator, Passwords passwords, SessionViewer viewer) {
        this.signIn = signIn;
        this.firstAdministrator = firstAdministrator;
        this.passwords = passwords;
        this.viewer = viewer;
    }

    /**
     * What somebody signs in with.
     *
     * @param name required, in any letter case, such as {@code anna}
     * @param password required
     * @param code of the second factor: six digits of the app, such as {@code 492039}, or a recovery code; absent without one
     * @param adoptConversations whether the account takes over the conversations that this browser has begun without signing in
     */
    record SignInRequest(
            @Nullable String name,
            @Nullable String password,
            @Nullable String code,
            @Nullable Boolean adoptConversations) {
        @Override
        public String toString() {
            return "SignInRequest[]";
        }
    }

    /**
     * The first administrator.
     *
     * @param token required; what the link has after the #
     * @param name required; what the person signs in with, such as {@code anna}, 1 to 100 letters, digits and . _ @ + - and space, without regard to case
     * @param displayName what others see, 1 to 100 characters; the name without it
     * @param password required; 12 to 200 characters, not a common one
     * @param adoptConversations whether the account takes over the conversations that this browser has begun without signing in
     */
    record SetupRequest(
            @Nullable String token,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String password,
            @Nullable Boolean adoptConversations) {
        @Override
        public String toString() {
            return "SetupRequest[]";
        }
    }

    /**
     * Another password.
     *
     * @param token required; what the link has after the #
     * @param password required; 12 to 200 characters, not a common one
     */
    record PasswordResetRequest(
            @Nullable String token, @Nullable String password) {
        @Override
        public String toString() {
            return "PasswordResetRequest[]";
        }
    }

    /** Says who calls, and how to sign in. Needs no permission. */
    @GetMapping("/session")
    SessionView getSession(Caller caller, HttpServletRequest request) {
        return viewer.view(caller, request);
    }

    /**
     * Signs a person in: the response sets the cookie of a new session.
     *
     * @throws LecternException UNAUTHENTICATED for a wrong name or password; SECOND_FACTOR_REQUIRED if the account has one; QUOTA_EXCEEDED after too many attempts
     */
    @PostMapping("/session")
    SessionView createSession(
            Caller caller, @RequestBody SignInRequest body, HttpServletRequest request, HttpServletResponse response) {
        Credentials credentials =
                new Credentials(require("name", body.name()), require("password", body.password()), body.code());
        Caller.User user = signIn.signIn(credentials, request, response);
        if (Boolean.TRUE.equals(body.adoptConversations())) {
            signIn.adopt(caller, user);
        }
        return viewer.view(user, request);
    }

    /** Signs out: the session of the request is over. */
    @DeleteMapping("/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSession(Caller caller, HttpServletRequest request) {
        signIn.signOut(caller, request);
    }

    /**
     * Adds the first administrator, who is signed in then.
     *
     * @throws LecternException GONE for a link that has expired or was used
     */
    @PostMapping("/setup")
    @ResponseStatus(HttpStatus.CREATED)
    SessionView createFirstAdministrator(
            Caller caller, @RequestBody SetupRequest body, HttpServletRequest request, HttpServletResponse response) {
        Caller.User user = signIn.start(
                firstAdministrator.create(
                        require("token", body.token()),
                        require("name", body.name()),
                        body.displayName(),
                        require("password", body.password()),
                        request),
                "one-time link",
                request,
                response);
        if (Boolean.TRUE.equals(body.adoptConversations())) {
            signIn.adopt(caller, user);
        }
        return viewer.view(user, request);
    }

    /**
     * Sets the password of the person of a one-time link. All sessions of the person end.
     *
     * @throws LecternException GONE for a link that has expired or was used
     */
    @PostMapping("/password-reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetPassword(
            @RequestBody PasswordResetRequest body, HttpServletRequest request, HttpServletResponse response) {
        passwords.reset(require("token", body.token()), require("password", body.password()), request, response);
    }

    private static String require(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw LecternException.invalid(field, "The field `" + field + "` is missing. Send it.");
        }
        return value;
    }
}
