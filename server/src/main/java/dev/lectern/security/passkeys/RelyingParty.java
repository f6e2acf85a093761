package dev.lectern.security.passkeys;

import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import dev.lectern.http.ExternalAddress;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * This server as authenticators know it, under one address. The only class that calls Spring Security's WebAuthn, which is loaded with it; what it takes and
 * gives is JSON. The person has to be verified by the authenticator, so that a passkey is both factors. Thread-safe.
 */
final class RelyingParty {
    private static final Logger log = LoggerFactory.getLogger(RelyingParty.class);
    private static final String NAME = "Lectern";
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    private final ExternalAddress address;
    private final PublicKeyCredentialRpEntity entity;
    private final PasskeyRepository passkeys;
    private final WebAuthnRelyingPartyOperations operations;

    /** @param address of a host name, under which browsers use passkeys */
    RelyingParty(ExternalAddress address, UserRepository users, PasskeyRepository passkeys, InstantSource clock) {
        this.address = address;
        this.entity = PublicKeyCredentialRpEntity.builder()
                .id(address.host())
                .name(NAME)
                .build();
        this.passkeys = passkeys;
        this.operations = new Webauthn4JRelyingPartyOperations(
                new AccountEntities(users), new StoredCredentials(passkeys, clock), entity, Set.of(address.origin()));
    }

    boolean isAt(ExternalAddress other) {
        return address.origin().equals(other.origin());
    }

    /** What a browser needs to make a passkey: one that its authenticator finds by itself, and none of those that the person has. */
    Map<String, Object> creationOptions(UserAccount user, byte[] challenge) {
        return toJson(creation(user, challenge));
    }

    /** What a browser needs to use a passkey of whoever sits before it. */
    Map<String, Object> requestOptions(byte[] challenge) {
        return toJson(request(challenge));
    }

    /**
     * Verifies a new passkey.
     *
     * @param credential as PublicKeyCredential.toJSON() of browsers gives it
     * @param draft id, name and time of what is returned
     * @return not stored yet
     * @throws RejectedPasskeyException unless the authenticator has made it for this challenge, this address and this person
     */
    StoredPasskey register(UserAccount user, byte[] challenge, Map<String, Object> credential, Passkey draft) {
        CredentialRecord verified = verify(() -> {
            PublicKeyCredential<AuthenticatorAttestationResponse> parsed =
                    complete(JSON.convertValue(credential, new TypeReference<>() {}));
            return operations.registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                    creation(user, challenge), new RelyingPartyPublicKey(parsed, draft.name())));
        });
        return new StoredPasskey(
                draft.id(),
                verified.getCredentialId().toBase64UrlString(),
                user.id(),
                draft.name(),
                verified.getPublicKey().getBytes(),
                Objects.requireNonNull(verified.getAttestationObject()).getBytes(),
                verified.getTransports().stream()
                        .map(AuthenticatorTransport::getValue)
                        .collect(Collectors.toUnmodifiableSet()),
                verified.getSignatureCount(),
                verified.isBackupEligible(),
                verified.isBackupState(),
                draft.createdAt(),
                null);
    }

    /**
     * Verifies that somebody has a passkey, and notes its use.
     *
     * @param credential as PublicKeyCredential.toJSON() of browsers gives it
     * @return the id of the account
     * @throws RejectedPasskeyException unless the authenticator has signed this challenge for this address with the passkey of the account that it names
     */
    String authenticate(byte[] challenge, Map<String, Object> credential) {
        PublicKeyCredential<AuthenticatorAssertionResponse> parsed =
                verify(() -> complete(JSON.convertValue(credential, new TypeReference<>() {})));
        StoredPasskey known = passkeys.findByCredential(parsed.getRawId().toBase64UrlString())
                .orElseThrow(() -> new RejectedPasskeyException("unknown passkey", null, null));
        // The library leaves this step of the protocol to its callers.
        if (!Objects.equals(
                AccountEntities.handleOf(known.userId()), parsed.getResponse().getUserHandle())) {
            throw new RejectedPasskeyException("account of somebody else", known.userId(), null);
        }
        try {
            return AccountEntities.accountOf(verify(() ->
                            operations.authenticate(new RelyingPartyAuthenticationRequest(request(challenge), parsed)))
                    .getId());
        } catch (RejectedPasskeyException rejected) {
            throw new RejectedPasskeyException(rejected.reason(), known.userId(), rejected);
        }
    }

    private PublicKeyCredentialCreationOptions creation(UserAccount user, byte[] challenge) {
        List<PublicKeyCredentialDescriptor> excluded = passkeys.list(user.id()).stream()
                .map(one -> PublicKeyCredentialDescriptor.builder()
                        .id(Bytes.fromBase64(one.credentialId()))
                        .transports(StoredCredentials.transportsOf(one))
                        .build())
                .toList();
        return PublicKeyCredentialCreationOptions.builder()
                .rp(entity)
                .user(AccountEntities.of(user))
                .challenge(new Bytes(challenge))
                .pubKeyCredParams(
                        PublicKeyCredentialParameters.EdDSA,
                        PublicKeyCredentialParameters.ES256,
                        PublicKeyCredentialParameters.RS256)
                .timeout(PasskeyChallenges.LIFETIME)
                .excludeCredentials(excluded)
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build())
                .attestation(AttestationConveyancePreference.NONE)
                .build();
    }

    private PublicKeyCredentialRequestOptions request(byte[] challenge) {
        return PublicKeyCredentialRequestOptions.builder()
                .challenge(new Bytes(challenge))
                .timeout(PasskeyChallenges.LIFETIME)
                .rpId(address.host())
                .allowCredentials(List.of())
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build();
    }

    private static Map<String, Object> toJson(Object options) {
        return JSON.convertValue(options, new TypeReference<>() {});
    }

    /** With what the library takes for granted. */
    private static <R extends AuthenticatorResponse> PublicKeyCredential<R> complete(
            PublicKeyCredential<R> credential) {
        boolean isComplete = credential.getRawId() != null && credential.getResponse() != null;
        if (!isComplete) {
            throw new IllegalArgumentException("The credential has no rawId or no response");
        }
        return credential;
    }

    /** Whatever the library makes of bytes of strangers is a refusal, and no fault of this server. */
    private static <T> T verify(Supplier<T> work) {
        try {
            return work.get();
        } catch (RejectedPasskeyException | NestedRuntimeException e) {
            throw e;
        } catch (RuntimeException e) {
            log.debug("A passkey was rejected", e);
            throw new RejectedPasskeyException(reasonOf(e), null, e);
        }
    }

    private static String reasonOf(RuntimeException e) {
        return switch (e) {
            case BadChallengeException _ -> "foreign challenge";
            case BadOriginException _ -> "foreign origin";
            case CrossOriginException _ -> "page within a page of another site";
            case BadRpIdException _ -> "foreign host name";
            case BadSignatureException _ -> "wrong signature";
            case UserNotVerifiedException _ -> "person not verified";
            case MaliciousCounterValueException _ -> StoredCredentials.COUNT_WENT_BACK;
            default -> "not valid";
        };
    }
}
