package dev.lectern.security.oidc;

import dev.lectern.security.SecretCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sessions that the identity provider has begun, in the database. */
@Repository
class ProviderSessionRepository {
    private static final String PURPOSE = "provider_session:";

    private final JdbcClient jdbc;
    private final SecretCipher cipher;

    ProviderSessionRepository(JdbcClient jdbc, SecretCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /**
     * A session of a person.
     *
     * @param sid the provider's name of it; null when it has none
     */
    record ProviderSession(
            String sessionId,
            String issuer,
            String subject,
            @Nullable String sid,
            String user) {}

    /** Adds a session, and forgets those that have ended. */
    void add(ProviderSession session, @Nullable String refreshToken, Instant now) {
        jdbc.sql("DELETE FROM provider_session WHERE session_id NOT IN (SELECT session_id FROM user_session)")
                .update();
        jdbc.sql("INSERT INTO provider_session (session_id, issuer, subject, provider_sid, user_account, refresh_token,"
                        + " refreshed_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        session.sessionId(),
                        session.issuer(),
                        session.subject(),
                        session.sid(),
                        session.user(),
                        encrypt(session.sessionId(), refreshToken),
                        now.toEpochMilli()))
                .update();
    }

    /** The sessions that a provider ends: of a person, or one by its name, or both. */
    List<ProviderSession> find(String issuer, @Nullable String subject, @Nullable String sid) {
        return jdbc.sql("SELECT session_id, issuer, subject, provider_sid, user_account FROM provider_session"
                        + " WHERE issuer = ? AND (? = '' OR subject = ?) AND (? = '' OR provider_sid = ?)")
                .params(
                        issuer,
                        subject == null ? "" : subject,
                        subject == null ? "" : subject,
                        sid == null ? "" : sid,
                        sid == null ? "" : sid)
                .query((row, number) -> new ProviderSession(
                        row.getString("session_id"),
                        row.getString("issuer"),
                        row.getString("subject"),
                        row.getString("provider_sid"),
                        row.getString("user_account")))
                .list();
    }

    /**
     * Claims the refresh of a session for this node and request.
     *
     * @return the refresh token; empty when the session is no provider's, was refreshed a short time ago, or has no token
     */
    Optional<String> claimRefresh(String sessionId, Instant now, Duration interval) {
        int claimed = jdbc.sql("UPDATE provider_session SET refreshed_at = ? WHERE session_id = ?"
                        + " AND refreshed_at <= ? AND refresh_token IS NOT NULL")
                .params(now.toEpochMilli(), sessionId, now.minus(interval).toEpochMilli())
                .update();
        return claimed == 0
                ? Optional.empty()
                : jdbc.sql("SELECT refresh_token FROM provider_session WHERE session_id = ?")
                        .param(sessionId)
                        .query(String.class)
                        .optional()
                        .map(token -> cipher.decrypt(token, PURPOSE + sessionId));
    }

    Optional<String> subjectOf(String sessionId) {
        return jdbc.sql("SELECT subject FROM provider_session WHERE session_id = ?")
                .param(sessionId)
                .query(String.class)
                .optional();
    }

    void setRefreshToken(String sessionId, String refreshToken) {
        jdbc.sql("UPDATE provider_session SET refresh_token = ? WHERE session_id = ?")
                .params(Arrays.asList(encrypt(sessionId, refreshToken), sessionId))
                .update();
    }

    void delete(String sessionId) {
        jdbc.sql("DELETE FROM provider_session WHERE session_id = ?")
                .param(sessionId)
                .update();
    }

    /** @return whether the logout token was not carried out before */
    boolean useLogoutToken(String issuer, String id, Instant expiresAt, Instant now) {
        jdbc.sql("DELETE FROM logout_token WHERE expires_at < ?")
                .param(now.minus(Duration.ofHours(1)).toEpochMilli())
                .update();
        return jdbc.sql("INSERT INTO logout_token (issuer, jti, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(issuer, id, expiresAt.toEpochMilli())
                        .update()
                > 0;
    }

    private @Nullable String encrypt(String sessionId, @Nullable String refreshToken) {
        return refreshToken == null ? null : cipher.encrypt(refreshToken, PURPOSE + sessionId);
    }
}
