package dev.lectern.security.signin;

import dev.lectern.http.ClientAddress;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Sets and changes passwords. Each change ends the other sessions of the person. Thread-safe. */
@Service
public class Passwords {
    private final PasswordEncoder encoder;
    private final PasswordRules rules;
    private final UserRepository users;
    private final UserSessions sessions;
    private final OneTimeLinks links;
    private final KnownBrowsers browsers;
    private final SignInThrottle throttle;
    private final AccessChanges changes;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Passwords(
            PasswordEncoder encoder,
            PasswordRules rules,
            UserRepository users,
            UserSessions sessions,
            OneTimeLinks links,
            KnownBrowsers browsers,
            SignInThrottle throttle,
            AccessChanges changes,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.encoder = encoder;
        this.rules = rules;
        this.users = users;
        this.sessions = sessions;
        this.links = links;
        this.browsers = browsers;
        this.throttle = throttle;
        this.changes = changes;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The hash of a new password.
     *
     * @param name what the person signs in with, folded
     * @throws LecternException INVALID_REQUEST for a password that is too short, too long, common, or has the name in it
     */
    String encode(String password, String name) {
        return Objects.requireNonNull(encoder.encode(rules.require(password, name)));
    }

    /**
     * Checks the password of somebody who has signed in.
     *
     * @param field of the request, for the error
     * @throws LecternException INVALID_REQUEST for a wrong one; CONFLICT for an account without one; QUOTA_EXCEEDED after too many attempts
     */
    public void require(UserAccount user, String field, String password) {
        if (user.password() == null) {
            throw new LecternException(
                    ErrorCode.CONFLICT,
                    "This account has no password, since an identity provider signs it in. Ask an administrator for a link to choose one.");
        }
        throttle.confirm(user.id());
        boolean isTooLong = password.length() > 4 * PasswordRules.MAX_LENGTH;
        if (isTooLong || !encoder.matches(PasswordRules.normalise(password), user.password())) {
            throw LecternException.invalid(
                    field, "This is not the present password. Enter the one that you sign in with.");
        }
    }

    /** Replaces the password of somebody who knows it. The session of the request stays, with a new id. */
    public void change(UserAccount user, String current, String next, String session, HttpServletRequest request) {
        require(user, "current", current);
        String encoded = encode(next, user.name());
        changes.make(() -> set(user, encoded, session));
        publish(Kind.PASSWORD_CHANGED, user, request);
    }

    /**
     * Sets the password of the person of a one-time link. From then on the browser is known.
     *
     * @throws LecternException GONE for a link that is unknown, expired or was used
     */
    public void reset(String token, String password, HttpServletRequest request, HttpServletResponse response) {
        UserAccount user = links.findForPassword(token)
                .flatMap(users::find)
                .filter(UserAccount::isActive)
                .orElseThrow(Passwords::gone);
        String encoded = encode(password, user.name());
        Optional<String> redeemed = links.redeemForPassword(token, id -> {
            set(user, encoded, "");
            return id;
        });
        if (redeemed.isEmpty()) {
            throw gone();
        }
        browsers.remember(user.name(), request, response);
        publish(Kind.PASSWORD_RESET, user, request);
    }

    private void set(UserAccount user, String encoded, String session) {
        users.setPassword(user.id(), encoded, clock.instant());
        links.deleteOf(user.id());
        sessions.endAll(user.id(), session);
    }

    private void publish(Kind kind, UserAccount user, HttpServletRequest request) {
        events.publishEvent(new SignInEvent(
                kind, user.id(), user.name(), ClientAddress.of(request).text(), ""));
    }

    private static LecternException gone() {
        return new LecternException(
                ErrorCode.GONE, "This link has expired or was used. Ask an administrator for another one.");
    }
}
