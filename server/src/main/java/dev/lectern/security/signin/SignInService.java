package dev.lectern.security.signin;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.QuotaExceededException;
import dev.lectern.security.PersonalDataStore;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.accounts.AccountName;
import dev.lectern.security.accounts.ActiveUsers;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.signin.SecondFactors.Proof;
import dev.lectern.security.signin.SignInThrottle.Attempt;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Service;

/** Signs people in by name, password and second factor, and begins the sessions of all who have proved to be somebody. Thread-safe. */
@Service
public class SignInService {
    private static final int MAX_NAME = 200;
    private static final String REFUSAL =
            "The name or the password is wrong. Correct them, or ask an administrator for a link to choose another"
                    + " password.";

    private final AuthenticationManager passwords;
    private final SignInThrottle throttle;
    private final KnownBrowsers browsers;
    private final SecondFactors secondFactors;
    private final StartedSessions sessions;
    private final UserRepository users;
    private final ActiveUsers active;
    private final ObjectProvider<PersonalDataStore> stores;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    SignInService(
            AuthenticationManager passwords,
            SignInThrottle throttle,
            KnownBrowsers browsers,
            SecondFactors secondFactors,
            StartedSessions sessions,
            UserRepository users,
            ActiveUsers active,
            ObjectProvider<PersonalDataStore> stores,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.passwords = passwords;
        this.throttle = throttle;
        this.browsers = browsers;
        this.secondFactors = secondFactors;
        this.sessions = sessions;
        this.users = users;
        this.active = active;
        this.stores = stores;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What somebody has entered.
     *
     * @param code of the second factor; null without one
     */
    public record Credentials(
            String name, String password, @Nullable String code) {
        /** Without the password and the code. */
        @Override
        public String toString() {
            return "Credentials[]";
        }
    }

    /**
     * Checks the credentials, and begins a session.
     *
     * @throws LecternException UNAUTHENTICATED, with the same text whether somebody has the name or not; SECOND_FACTOR_REQUIRED when the password is right and the code is
     *     missing or wrong; QUOTA_EXCEEDED after too many attempts
     */
    public Caller.User signIn(Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
        String name = AccountName.fold(credentials.name());
        if (name.length() > MAX_NAME || credentials.password().length() > 4 * PasswordRules.MAX_LENGTH) {
            throw new LecternException(ErrorCode.UNAUTHENTICATED, REFUSAL);
        }
        ClientAddress address = ClientAddress.of(request);
        Attempt attempt = begin(name, address, browsers.find(name, request));
        UserAccount user = checkPassword(attempt, name, credentials.password(), address);
        checkSecondFactor(attempt, user, credentials.code(), address);
        return startInKnownBrowser(user, "password", request, response);
    }

    /** Begins a session as {@link #start} does, of somebody who has proved all factors in this browser. From then on it is known. */
    public Caller.User startInKnownBrowser(
            UserAccount user, String proof, HttpServletRequest request, HttpServletResponse response) {
        browsers.remember(user.name(), request, response);
        return start(user, proof, request, response);
    }

    /**
     * Begins a session of somebody whom a password, a passkey, a one-time link or an identity provider has proved to be the person.
     *
     * @param user active
     * @param proof for the audit log, such as {@code password}
     */
    public Caller.User start(UserAccount user, String proof, HttpServletRequest request, HttpServletResponse response) {
        Caller.User caller = active.find(user.id())
                .orElseThrow(() -> new LecternException(
                        ErrorCode.FORBIDDEN, "This account is disabled. Ask an administrator to enable it."));
        sessions.start(user, request, response);
        users.setSignedIn(user.id(), clock.instant());
        publish(Kind.SIGN_IN_SUCCEEDED, user.id(), user.name(), ClientAddress.of(request), proof);
        return caller;
    }

    /** Gives what a visitor has to the person who has signed in. */
    public void adopt(Caller visitor, Caller.User user) {
        if (visitor instanceof Caller.Visitor from) {
            stores.orderedStream().forEach(store -> store.move(from, user));
        }
    }

    /** The number of items that {@link #adopt} would give to the person. */
    public long countAdoptable(Caller visitor) {
        return visitor instanceof Caller.Visitor
                ? stores.orderedStream()
                        .mapToLong(store -> store.count(visitor))
                        .sum()
                : 0;
    }

    /** Ends the session of a request. */
    public void signOut(Caller caller, HttpServletRequest request) {
        sessions.end(request);
        if (caller instanceof Caller.User user) {
            users.find(user.id())
                    .ifPresent(account ->
                            publish(Kind.SIGNED_OUT, account.id(), account.name(), ClientAddress.of(request), ""));
        }
    }

    private Attempt begin(String name, ClientAddress address, Optional<String> browser) {
        try {
            return throttle.begin(name, address, browser);
        } catch (QuotaExceededException exceeded) {
            publish(
                    Kind.SIGN_IN_THROTTLED,
                    null,
                    name,
                    address,
                    exceeded.policies().getFirst());
            throw exceeded;
        }
    }

    private UserAccount checkPassword(Attempt attempt, String name, String password, ClientAddress address) {
        try {
            String proved = passwords
                    .authenticate(UsernamePasswordAuthenticationToken.unauthenticated(
                            name, PasswordRules.normalise(password)))
                    .getName();
            return users.findByName(proved)
                    .filter(UserAccount::isActive)
                    .orElseThrow(() -> new LecternException(ErrorCode.UNAUTHENTICATED, REFUSAL));
        } catch (AuthenticationException wrong) {
            throttle.fail(attempt);
            publish(Kind.SIGN_IN_FAILED, null, name, address, "wrong name or password");
            throw new LecternException(ErrorCode.UNAUTHENTICATED, REFUSAL, wrong);
        }
    }

    private void checkSecondFactor(Attempt attempt, UserAccount user, @Nullable String code, ClientAddress address) {
        if (user.secondFactor() == null) {
            return;
        }
        if (code == null || code.isBlank()) {
            throw new LecternException(
                    ErrorCode.SECOND_FACTOR_REQUIRED,
                    "This account has a second factor. Send the code that the app shows now, or a recovery code, as"
                            + " `code`.");
        }
        switch (secondFactors.use(user, code)) {
            case Proof.APP -> {}
            case Proof.RECOVERY_CODE -> publish(Kind.RECOVERY_CODE_USED, user.id(), user.name(), address, "");
            case Proof.NONE -> {
                throttle.fail(attempt);
                publish(Kind.SIGN_IN_FAILED, user.id(), user.name(), address, "wrong code");
                throw new LecternException(
                        ErrorCode.SECOND_FACTOR_REQUIRED,
                        "The code is wrong or was used before. Enter the one that the app shows now, or a recovery"
                                + " code.");
            }
        }
    }

    private void publish(Kind kind, @Nullable String userId, String name, ClientAddress address, String details) {
        String shown = name.length() <= 100 ? name : name.substring(0, 100);
        events.publishEvent(new SignInEvent(kind, userId, shown, address.text(), details));
    }
}
