package dev.lectern.security.passkeys;

import dev.lectern.shared.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What authenticators sign: 256 random bits that work once, for five minutes, on every node. The page gets the id of a challenge, of which the database has a
 * hash. Thread-safe.
 */
@Component
class PasskeyChallenges {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    /** Instead of a session, for somebody who signs in. */
    static final String SIGN_IN = "";

    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    PasskeyChallenges(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A new challenge.
     *
     * @param id what {@link #use} takes; a secret of the page
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once; nothing compares it.
    record Challenge(String id, byte[] bytes) {
        @Override
        public String toString() {
            return "Challenge[]";
        }
    }

    /** @param session id of the session that adds a passkey, or {@link #SIGN_IN} */
    Challenge create(String session) {
        jdbc.sql("DELETE FROM passkey_challenge WHERE expires_at <= ?")
                .param(clock.millis())
                .update();
        String id = encode(randomBytes());
        byte[] bytes = randomBytes();
        jdbc.sql("INSERT INTO passkey_challenge (id, challenge, session_id, expires_at) VALUES (?, ?, ?, ?)")
                .params(
                        Sha256.hex(id),
                        encode(bytes),
                        session,
                        clock.instant().plus(LIFETIME).toEpochMilli())
                .update();
        return new Challenge(id, bytes);
    }

    /**
     * Uses up a challenge.
     *
     * @param session as it was created for
     * @return empty for one that is unknown, expired, was used, or belongs to something else
     */
    Optional<byte[]> use(String id, String session) {
        String hash = Sha256.hex(id);
        return jdbc.sql("SELECT challenge FROM passkey_challenge WHERE id = ? AND session_id = ? AND expires_at > ?")
                .params(hash, session, clock.millis())
                .query(String.class)
                .optional()
                .filter(found -> delete(hash))
                .map(Base64.getUrlDecoder()::decode);
    }

    /** Whether this call is the one that used it. */
    private boolean delete(String hash) {
        return jdbc.sql("DELETE FROM passkey_challenge WHERE id = ?")
                        .param(hash)
                        .update()
                > 0;
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
