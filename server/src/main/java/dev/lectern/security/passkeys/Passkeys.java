package dev.lectern.security.passkeys;

import dev.lectern.http.ClientAddress;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.passkeys.PasskeyChallenges.Challenge;
import dev.lectern.security.signin.Passwords;
import dev.lectern.security.signin.SecondFactors;
import dev.lectern.security.signin.StartedSessions;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The passkeys of people who have signed in. Thread-safe. */
@Service
public class Passkeys {
    static final int MAX_PASSKEYS = 20;
    private static final int MAX_NAME = 100;
    /** Far above what authenticators send: they sign the attestation with a chain of certificates at most. */
    private static final int MAX_ATTESTATION_BYTES = 65_536;

    private final RelyingParties parties;
    private final PasskeyChallenges challenges;
    private final PasskeyRepository passkeys;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final StartedSessions sessions;
    private final AccessChanges changes;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final InstantSource clock;

    Passkeys(
            RelyingParties parties,
            PasskeyChallenges challenges,
            PasskeyRepository passkeys,
            Passwords passwords,
            SecondFactors secondFactors,
            StartedSessions sessions,
            AccessChanges changes,
            ApplicationEventPublisher events,
            IdGenerator ids,
            InstantSource clock) {
        this.parties = parties;
        this.challenges = challenges;
        this.passkeys = passkeys;
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.sessions = sessions;
        this.changes = changes;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** The passkeys of a person, the oldest first. */
    public List<Passkey> list(String userId) {
        return passkeys.list(userId).stream().map(StoredPasskey::view).toList();
    }

    /**
     * Begins to add a passkey in the session of the request, within five minutes.
     *
     * @param code of the second factor; null without one
     * @throws LecternException INVALID_REQUEST for a wrong password or code; CONFLICT for an account without a password, or with as many passkeys as one may
     *     have; HTTPS_REQUIRED or ORIGIN_NOT_ALLOWED where passkeys do not work
     */
    public PasskeyOptions begin(UserAccount user, String password, @Nullable String code, HttpServletRequest request) {
        RelyingParty party = parties.of(request);
        passwords.require(user, "password", password);
        requireRoom(user.id());
        if (secondFactors.require(user, "code", code)) {
            publish(Kind.RECOVERY_CODE_USED, user, "", request);
        }
        Challenge challenge = challenges.create(sessions.idOf(request));
        return new PasskeyOptions(challenge.id(), party.creationOptions(user, challenge.bytes()));
    }

    /**
     * Adds the passkey that an authenticator has made.
     *
     * @param challengeId of {@link #begin}, in the same session
     * @param credential as PublicKeyCredential.toJSON() of browsers gives it
     * @throws LecternException INVALID_REQUEST if it was made for something else; GONE after five minutes or a second time; CONFLICT at the limit
     */
    public Passkey add(
            UserAccount user,
            String challengeId,
            String name,
            Map<String, Object> credential,
            HttpServletRequest request) {
        RelyingParty party = parties.of(request);
        String label = requireName(name);
        byte[] challenge = challenges
                .use(challengeId, sessions.idOf(request))
                .orElseThrow(() -> new LecternException(
                        ErrorCode.GONE,
                        "Adding the passkey took longer than five minutes, or was begun elsewhere. Begin again."));
        StoredPasskey added;
        try {
            added = party.register(user, challenge, credential, new Passkey(ids.next(), label, clock.instant(), null));
        } catch (RejectedPasskeyException rejected) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "The passkey was not accepted (" + rejected.reason() + "). Begin again.",
                    rejected);
        }
        if (added.attestationObject().length > MAX_ATTESTATION_BYTES) {
            throw LecternException.invalid(
                    "credential",
                    "The attestation has more than " + MAX_ATTESTATION_BYTES + " bytes. Use another authenticator.");
        }
        changes.make(() -> {
            requireRoom(user.id());
            if (!passkeys.add(added)) {
                throw new LecternException(ErrorCode.CONFLICT, "This passkey is in use already. Begin again.");
            }
            publish(Kind.PASSKEY_ADDED, user, label, request);
        });
        return added.view();
    }

    /** @throws LecternException NOT_FOUND if the person has no such passkey; INVALID_REQUEST for a bad name */
    public Passkey rename(UserAccount user, String id, String name, HttpServletRequest request) {
        String label = requireName(name);
        return changes.make(() -> {
            if (!passkeys.rename(user.id(), id, label)) {
                throw notFound();
            }
            publish(Kind.PASSKEY_RENAMED, user, label, request);
            return list(user.id()).stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(Passkeys::notFound);
        });
    }

    /** @throws LecternException INVALID_REQUEST for a wrong password; NOT_FOUND if the person has no such passkey */
    public void delete(UserAccount user, String id, String password, HttpServletRequest request) {
        passwords.require(user, "password", password);
        changes.make(() -> {
            if (!passkeys.delete(user.id(), id)) {
                throw notFound();
            }
            publish(Kind.PASSKEY_REMOVED, user, "", request);
        });
    }

    /** Deletes all passkeys of a person, as an administrator does for somebody who has lost them. */
    public void deleteAll(Caller by, UserAccount user, HttpServletRequest request) {
        changes.make(() -> {
            if (passkeys.deleteAll(user.id()) > 0) {
                String address = ClientAddress.of(request).text();
                events.publishEvent(new SignInEvent(Kind.PASSKEY_REMOVED, user.id(), user.name(), address, "all", by));
            }
        });
    }

    private void requireRoom(String userId) {
        if (passkeys.count(userId) >= MAX_PASSKEYS) {
            throw new LecternException(
                    ErrorCode.CONFLICT,
                    "You have " + MAX_PASSKEYS
                            + " passkeys, which is the limit. Delete one that you do not use first.");
        }
    }

    private static String requireName(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw LecternException.invalid("name", "The name must have 1 to " + MAX_NAME + " visible characters.");
        }
        return name;
    }

    private static LecternException notFound() {
        return new LecternException(
                ErrorCode.NOT_FOUND, "You have no such passkey. GET /api/v1/account/passkeys lists them.");
    }

    private void publish(Kind kind, UserAccount user, String details, HttpServletRequest request) {
        events.publishEvent(new SignInEvent(
                kind, user.id(), user.name(), ClientAddress.of(request).text(), details));
    }
}
