package dev.lectern.security.passkeys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Passkeys in the database. {@link dev.lectern.security.accounts.UserRepository#delete} deletes those of an account. Thread-safe. */
@Repository
class PasskeyRepository {
    private static final String SELECT = "SELECT id, credential_id, user_account, name, public_key, attestation_object,"
            + " transports, signature_count, backup_eligible, backed_up, created_at, last_used_at FROM passkey ";
    private static final String SEPARATOR = ",";

    private final JdbcClient jdbc;

    PasskeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return whether it was added; false if the credential is known */
    boolean add(StoredPasskey passkey) {
        return jdbc.sql("INSERT INTO passkey (id, credential_id, user_account, name, public_key, attestation_object,"
                                + " transports, signature_count, backup_eligible, backed_up, created_at, last_used_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(Arrays.asList(
                                passkey.id(),
                                passkey.credentialId(),
                                passkey.userId(),
                                passkey.name(),
                                passkey.publicKey(),
                                passkey.attestationObject(),
                                String.join(SEPARATOR, passkey.transports()),
                                passkey.signatureCount(),
                                passkey.isBackupEligible() ? 1 : 0,
                                passkey.isBackedUp() ? 1 : 0,
                                passkey.createdAt().toEpochMilli(),
                                millis(passkey.lastUsedAt())))
                        .update()
                > 0;
    }

    /** @param credentialId in base64url */
    Optional<StoredPasskey> findByCredential(String credentialId) {
        return jdbc.sql(SELECT + "WHERE credential_id = ?")
                .param(credentialId)
                .query(PasskeyRepository::read)
                .optional();
    }

    /** The passkeys of a person, the oldest first. */
    List<StoredPasskey> list(String userId) {
        return jdbc.sql(SELECT + "WHERE user_account = ? ORDER BY created_at, id")
                .param(userId)
                .query(PasskeyRepository::read)
                .list();
    }

    long count(String userId) {
        return jdbc.sql("SELECT COUNT(*) FROM passkey WHERE user_account = ?")
                .param(userId)
                .query(Long.class)
                .single();
    }

    /**
     * Notes a sign-in. Of several with the same count, on all nodes, one succeeds; authenticators that do not count always send 0.
     *
     * @return false if the count is not higher than that of the sign-in before
     */
    boolean use(String credentialId, long signatureCount, Instant at) {
        return jdbc.sql("UPDATE passkey SET signature_count = ?, last_used_at = ? WHERE credential_id = ?"
                                + " AND (signature_count < ? OR (signature_count = 0 AND ? = 0))")
                        .params(signatureCount, at.toEpochMilli(), credentialId, signatureCount, signatureCount)
                        .update()
                > 0;
    }

    /** @return whether the person has this passkey */
    boolean rename(String userId, String id, String name) {
        return jdbc.sql("UPDATE passkey SET name = ? WHERE id = ? AND user_account = ?")
                        .params(name, id, userId)
                        .update()
                > 0;
    }

    /** @return whether the person had this passkey */
    boolean delete(String userId, String id) {
        return jdbc.sql("DELETE FROM passkey WHERE id = ? AND user_account = ?")
                        .params(id, userId)
                        .update()
                > 0;
    }

    /** @return the number of passkeys that the person had */
    int deleteAll(String userId) {
        return jdbc.sql("DELETE FROM passkey WHERE user_account = ?")
                .param(userId)
                .update();
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static StoredPasskey read(ResultSet row, int number) throws SQLException {
        long lastUsedAt = row.getLong("last_used_at");
        Instant lastUsed = row.wasNull() ? null : Instant.ofEpochMilli(lastUsedAt);
        return new StoredPasskey(
                row.getString("id"),
                row.getString("credential_id"),
                row.getString("user_account"),
                row.getString("name"),
                row.getBytes("public_key"),
                row.getBytes("attestation_object"),
                split(row.getString("transports")),
                row.getLong("signature_count"),
                row.getInt("backup_eligible") == 1,
                row.getInt("backed_up") == 1,
                Instant.ofEpochMilli(row.getLong("created_at")),
                lastUsed);
    }

    private static Set<String> split(String transports) {
        return Arrays.stream(transports.split(SEPARATOR, -1))
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
