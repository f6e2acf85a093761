package dev.lectern.security.signin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.passkeys.Passkey;
import dev.lectern.security.passkeys.Passkeys;
import dev.lectern.security.signin.AccountService;
import dev.lectern.security.signin.Passwords;
import dev.lectern.security.signin.SecondFactors;
import dev.lectern.security.signin.SecondFactors.NewSecret;
import dev.lectern.security.signin.StartedSessions;
import dev.lectern.security.signin.UserSession;
import dev.lectern.security.signin.UserSessions;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/account", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class AccountController {
    /** Attribute of a session with a second factor that is not confirmed yet, encrypted. */
    private static final String PENDING = "pending_second_factor";

    private final AccountService accounts;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final Passkeys passkeys;
    private final UserSessions sessions;
    private final StartedSessions started;

    AccountController(
            AccountService accounts,
            Passwords passwords,
            SecondFactors secondFactors,
            Passkeys passkeys,
            UserSessions sessions,
            StartedSessions started) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.started = started;
    }

    /**
     * One's own account.
     *
     * @param name what the person signs in with, such as {@code anna}
     * @param displayName what others see
     * @param email absent when unknown
     * @param role {@code user} or {@code administrator}
     * @param hasPassword whether the person signs in with a password; otherwise an identity provider does it
     * @param hasSecondFactor whether the sign-in also needs a code
     * @param recoveryCodes number of recovery codes that are left
     * @param passwordSetAt absent without a password
     * @param signedInAt the last time; absent before the first
     */
    record AccountView(
            String id,
            String name,
            String displayName,
            @Nullable String email,
            String role,
            boolean hasPassword,
            boolean hasSecondFactor,
            long recoveryCodes,
            @Nullable Instant passwordSetAt,
            Instant createdAt,
            @Nullable Instant signedInAt) {}

    /**
     * What to change of one's own account; what is absent stays.
     *
     * @param displayName 1 to 100 characters
     * @param email empty for none
     */
    record AccountChangeRequest(
            @Nullable String displayName, @Nullable String email) {}

    /**
     * Another password.
     *
     * @param current required; the present one
     * @param password required; 12 to 200 characters, not a common one
     */
    record PasswordRequest(
            @Nullable String current, @Nullable String password) {
        @Override
        public String toString() {
            return "PasswordRequest[]";
        }
    }

    /**
     * Password and second factor, to prove that it is still the same person.
     *
     * @param password required; the present one
     * @param code of the present second factor: six digits of the app, such as {@code 492039}, or a recovery code; required of an account that has one
     */
    record ConfirmationRequest(
            @Nullable String password, @Nullable String code) {
        @Override
        public String toString() {
            return "ConfirmationRequest[]";
        }
    }

    /**
     * The first code of a new second factor.
     *
     * @param code required; the six digits that the app shows, such as {@code 492039}
     */
    record CodeRequest(@Nullable String code) {
        @Override
        public String toString() {
            return "CodeRequest[]";
        }
    }

    /**
     * A new second factor, which counts from its confirmation on.
     *
     * @param secret in base 32, for typing
     * @param uri for a QR code
     */
    record SecondFactorView(String secret, String uri) {
        @Override
        public String toString() {
            return "SecondFactorView[]";
        }
    }

    /**
     * Codes for who has lost the app.
     *
     * @param recoveryCodes ten codes, each of which works once; shown this time only
     */
    record RecoveryCodes(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "RecoveryCodes[]";
        }
    }

    /**
     * One of one's own sessions.
     *
     * @param lastUsedAt as of a minute ago at most
     * @param address of the client that signed in
     * @param userAgent what its browser calls itself
     * @param isCurrent whether it is the session of this request
     */
    record SessionItem(
            String id, Instant createdAt, Instant lastUsedAt, String address, String userAgent, boolean isCurrent) {}

    /** All present sessions, the last one first. */
    record SessionList(List<SessionItem> items) {}

    /**
     * What is stored for a person.
     *
     * @param account one's own account
     * @param passkeys one's own passkeys, the oldest first
     * @param data all else by kind, such as conversations
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountExport(AccountView account, List<Passkey> passkeys, Map<String, Object> data) {}

    /**
     * What was deleted.
     *
     * @param deleted numbers of items by kind, such as conversations
     */
    record DeletionReport(Map<String, Long> deleted) {}

    /** Shows one's own account. */
    @GetMapping
    AccountView getAccount(Caller caller) {
        return view(accounts.get(caller));
    }

    /** Changes one's own account. */
    @PatchMapping
    AccountView changeAccount(Caller caller, @RequestBody AccountChangeRequest body) {
        return view(accounts.change(caller, body.displayName(), body.email()));
    }

    /**
     * Deletes one's own account with its sessions, passkeys, keys, grants and conversations.
     *
     * @throws LecternException CONFLICT for the last administrator who can sign in
     */
    @DeleteMapping
    DeletionReport deleteAccount(Caller caller, HttpServletRequest request) {
        return new DeletionReport(accounts.delete(caller, request));
    }

    /** All that is stored for the person. */
    @GetMapping("/export")
    AccountExport exportAccount(Caller caller, HttpServletRequest request) {
        AccountView account = view(accounts.get(caller));
        return new AccountExport(account, passkeys.list(account.id()), accounts.export(caller, request));
    }

    /** Changes one's own password. All other sessions end. */
    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Caller caller, @RequestBody PasswordRequest body, HttpServletRequest request) {
        passwords.change(
                accounts.get(caller),
                require("current", body.current()),
                require("password", body.password()),
                started.idOf(request),
                request);
    }

    /**
     * Begins to add a second factor, or another one instead.
     *
     * @throws LecternException INVALID_REQUEST for a wrong password or code
     */
    @PostMapping("/second-factor")
    SecondFactorView createSecondFactor(
            Caller caller, @RequestBody ConfirmationRequest body, HttpServletRequest request) {
        UserAccount user = confirm(accounts.get(caller), body, request);
        NewSecret secret = secondFactors.create(user);
        request.getSession().setAttribute(PENDING, secret.encrypted());
        return new SecondFactorView(secret.secret(), secret.uri());
    }

    /**
     * Confirms a second factor by its first code. From now on the sign-in needs one.
     *
     * @throws LecternException CONFLICT if none was begun in this session; INVALID_REQUEST for a wrong code
     */
    @PostMapping("/second-factor/confirmation")
    RecoveryCodes confirmSecondFactor(Caller caller, @RequestBody CodeRequest body, HttpServletRequest request) {
        UserAccount user = accounts.get(caller);
        if (!(request.getSession().getAttribute(PENDING) instanceof String pending)) {
            throw new LecternException(
                    ErrorCode.CONFLICT, "No second factor was begun in this session. Begin one, then confirm it.");
        }
        List<String> codes = secondFactors.confirm(user, pending, require("code", body.code()));
        request.getSession().removeAttribute(PENDING);
        accounts.publish(Kind.SECOND_FACTOR_ADDED, user, request);
        return new RecoveryCodes(codes);
    }

    /**
     * Removes the second factor.
     *
     * @throws LecternException INVALID_REQUEST for a wrong password or code
     */
    @DeleteMapping("/second-factor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSecondFactor(Caller caller, @RequestBody ConfirmationRequest body, HttpServletRequest request) {
        UserAccount user = confirm(accounts.get(caller), body, request);
        secondFactors.remove(user);
        accounts.publish(Kind.SECOND_FACTOR_REMOVED, user, request);
    }

    private UserAccount confirm(UserAccount user, ConfirmationRequest body, HttpServletRequest request) {
        passwords.require(user, "password", require("password", body.password()));
        if (secondFactors.require(user, "code", body.code())) {
            accounts.publish(Kind.RECOVERY_CODE_USED, user, request);
        }
        return user;
    }

    /** Lists one's own sessions. */
    @GetMapping("/sessions")
    SessionList listSessions(Caller caller, HttpServletRequest request) {
        String current = started.idOf(request);
        return new SessionList(sessions.list(accounts.get(caller).id()).stream()
                .map(session -> item(session, current))
                .toList());
    }

    /**
     * Ends one of one's own sessions, on every node.
     *
     * @throws LecternException NOT_FOUND if the person has no such session
     */
    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteOwnSession(Caller caller, @PathVariable String id, HttpServletRequest request) {
        UserAccount user = accounts.get(caller);
        if (!sessions.end(user.id(), id)) {
            throw new LecternException(
                    ErrorCode.NOT_FOUND, "You have no such session. GET /api/v1/account/sessions lists them.");
        }
        accounts.publish(Kind.SESSION_ENDED, user, request);
    }

    private static SessionItem item(UserSession session, String current) {
        return new SessionItem(
                session.id(),
                session.createdAt(),
                session.lastUsedAt(),
                session.address(),
                session.userAgent(),
                session.id().equals(current));
    }

    private AccountView view(UserAccount user) {
        return new AccountView(
                user.id(),
                user.name(),
                user.displayName(),
                user.email(),
                user.role().text(),
                user.password() != null,
                user.secondFactor() != null,
                secondFactors.countRecoveryCodes(user.id()),
                user.passwordSetAt(),
                user.createdAt(),
                user.signedInAt());
    }

    private static String require(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw LecternException.invalid(field, "The field `" + field + "` is missing. Send it.");
        }
        return value;
    }
}
