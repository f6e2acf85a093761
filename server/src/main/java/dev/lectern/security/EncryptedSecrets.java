package dev.lectern.security;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The secrets that are stored encrypted: of second factors, and the refresh tokens of identity providers. */
@Repository
class EncryptedSecrets {
    private final JdbcClient jdbc;

    EncryptedSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many a key cannot read.
     *
     * @param prefix of what the key encrypts, see {@link SecretCipher#prefixOf}; a text that no secret begins with counts all
     */
    long countOthers(String prefix) {
        return count("SELECT COUNT(*) FROM user_account WHERE second_factor IS NOT NULL AND second_factor NOT LIKE ?", prefix)
                + count(
                        "SELECT COUNT(*) FROM provider_session WHERE refresh_token IS NOT NULL AND refresh_token NOT LIKE ?",
                        prefix);
    }

    private long count(String sql, String prefix) {
        return jdbc.sql(sql).param(prefix + "%").query(Long.class).single();
    }
}
