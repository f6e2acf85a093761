package dev.lectern.security.passkeys;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/** Passkeys as Spring Security reads them. Thread-safe. */
final class StoredCredentials implements UserCredentialRepository {
    static final String COUNT_WENT_BACK = "signature count went back";

    private final PasskeyRepository passkeys;
    private final InstantSource clock;

    StoredCredentials(PasskeyRepository passkeys, InstantSource clock) {
        this.passkeys = passkeys;
        this.clock = clock;
    }

    /**
     * Notes the use of a passkey. A new one is stored by {@link Passkeys}, in the transaction of its audit entry.
     *
     * <p>Spring Security compares the count of signatures with that of the registration only, so it is compared with the last one here, in the statement that
     * replaces it: of two authenticators with the same key, one is noticed.
     */
    @Override
    public void save(CredentialRecord used) {
        String id = used.getCredentialId().toBase64UrlString();
        boolean isNew = passkeys.findByCredential(id).isEmpty();
        if (!isNew && !passkeys.use(id, used.getSignatureCount(), clock.instant())) {
            throw new RejectedPasskeyException(COUNT_WENT_BACK, null, null);
        }
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes id) {
        return passkeys.findByCredential(id.toBase64UrlString())
                .map(StoredCredentials::record)
                .orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return passkeys.list(AccountEntities.accountOf(handle)).stream()
                .map(StoredCredentials::record)
                .toList();
    }

    @Override
    public void delete(Bytes id) {
        passkeys.findByCredential(id.toBase64UrlString()).ifPresent(one -> {
            boolean _ = passkeys.delete(one.userId(), one.id());
        });
    }

    static Set<AuthenticatorTransport> transportsOf(StoredPasskey passkey) {
        return passkey.transports().stream()
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static CredentialRecord record(StoredPasskey passkey) {
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(Bytes.fromBase64(passkey.credentialId()))
                .userEntityUserId(AccountEntities.handleOf(passkey.userId()))
                .publicKey(new ImmutablePublicKeyCose(passkey.publicKey()))
                .signatureCount(passkey.signatureCount())
                .uvInitialized(true)
                .transports(transportsOf(passkey))
                .backupEligible(passkey.isBackupEligible())
                .backupState(passkey.isBackedUp())
                .attestationObject(new Bytes(passkey.attestationObject()))
                .created(passkey.createdAt())
                .label(passkey.name())
                .build();
    }
}
