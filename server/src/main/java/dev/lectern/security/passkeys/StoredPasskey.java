package dev.lectern.security.passkeys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A passkey as the database has it.
 *
 * @param credentialId what the authenticator calls it, in base64url
 * @param userId of the account
 * @param publicKey in COSE
 * @param attestationObject as the authenticator sent it when the passkey was added, in CBOR
 * @param transports how browsers reach the authenticator, such as {@code internal}; may be empty
 * @param signatureCount the last one that the authenticator has sent; 0 for one that does not count
 * @param isBackupEligible whether it may be copied to other devices of the person
 * @param isBackedUp whether it has been
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes that only the library reads; nothing compares them.
record StoredPasskey(
        String id,
        String credentialId,
        String userId,
        String name,
        byte[] publicKey,
        byte[] attestationObject,
        Set<String> transports,
        long signatureCount,
        boolean isBackupEligible,
        boolean isBackedUp,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {
    Passkey view() {
        return new Passkey(id, name, createdAt, lastUsedAt);
    }
}
