package dev.lectern.security.passkeys;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.QuotaExceededException;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.passkeys.PasskeyChallenges.Challenge;
import dev.lectern.security.signin.SignInService;
import dev.lectern.security.signin.SignInThrottle;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Signs people in by a passkey, which is both factors: the device, and what its authenticator verifies the person with. Thread-safe. */
@Service
public class PasskeySignIn {
    private static final String REFUSAL =
            "The passkey was not accepted. Try again with another one, or sign in with your password.";

    private final RelyingParties parties;
    private final PasskeyChallenges challenges;
    private final SignInThrottle throttle;
    private final SignInService signIn;
    private final UserRepository users;
    private final ApplicationEventPublisher events;

    PasskeySignIn(
            RelyingParties parties,
            PasskeyChallenges challenges,
            SignInThrottle throttle,
            SignInService signIn,
            UserRepository users,
            ApplicationEventPublisher events) {
        this.parties = parties;
        this.challenges = challenges;
        this.throttle = throttle;
        this.signIn = signIn;
        this.users = users;
        this.events = events;
    }

    /**
     * Begins a sign-in of whoever has a passkey, within five minutes.
     *
     * @throws LecternException HTTPS_REQUIRED or ORIGIN_NOT_ALLOWED where passkeys do not work; QUOTA_EXCEEDED after too many that failed
     */
    public PasskeyOptions begin(HttpServletRequest request) {
        RelyingParty party = parties.of(request);
        requireQuota(ClientAddress.of(request));
        Challenge challenge = challenges.create(PasskeyChallenges.SIGN_IN);
        return new PasskeyOptions(challenge.id(), party.requestOptions(challenge.bytes()));
    }

    /**
     * Verifies a passkey, and begins a session.
     *
     * @param challengeId of {@link #begin}
     * @param credential as PublicKeyCredential.toJSON() of browsers gives it
     * @throws LecternException UNAUTHENTICATED, with the same text whatever is wrong; QUOTA_EXCEEDED after too many that failed; HTTPS_REQUIRED or
     *     ORIGIN_NOT_ALLOWED
     */
    public Caller.User signIn(
            String challengeId,
            Map<String, Object> credential,
            HttpServletRequest request,
            HttpServletResponse response) {
        RelyingParty party = parties.of(request);
        ClientAddress address = ClientAddress.of(request);
        requireQuota(address);
        UserAccount user;
        try {
            user = verify(party, challengeId, credential);
        } catch (RejectedPasskeyException rejected) {
            throttle.failPasskey(address);
            publish(Kind.SIGN_IN_FAILED, rejected.userId(), "passkey, " + rejected.reason(), address);
            throw new LecternException(ErrorCode.UNAUTHENTICATED, REFUSAL, rejected);
        }
        return signIn.startInKnownBrowser(user, "passkey", request, response);
    }

    private UserAccount verify(RelyingParty party, String challengeId, Map<String, Object> credential) {
        byte[] challenge = challenges
                .use(challengeId, PasskeyChallenges.SIGN_IN)
                .orElseThrow(() -> new RejectedPasskeyException("challenge expired or used", null, null));
        String userId = party.authenticate(challenge, credential);
        return users.find(userId)
                .filter(UserAccount::isActive)
                .orElseThrow(() -> new RejectedPasskeyException("account disabled", userId, null));
    }

    private void requireQuota(ClientAddress address) {
        try {
            throttle.requirePasskeyQuota(address);
        } catch (QuotaExceededException exceeded) {
            publish(Kind.SIGN_IN_THROTTLED, null, exceeded.policies().getFirst(), address);
            throw exceeded;
        }
    }

    private void publish(Kind kind, @Nullable String userId, String details, ClientAddress address) {
        String name = Optional.ofNullable(userId)
                .flatMap(users::find)
                .map(UserAccount::name)
                .orElse("");
        events.publishEvent(new SignInEvent(kind, userId, name, address.text(), details));
    }
}
