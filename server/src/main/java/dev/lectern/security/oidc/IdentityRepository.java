package dev.lectern.security.oidc;

import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which accounts the people of providers have. */
@Repository
class IdentityRepository {
    private final JdbcClient jdbc;
    private final UserRepository users;

    IdentityRepository(JdbcClient jdbc, UserRepository users) {
        this.jdbc = jdbc;
        this.users = users;
    }

    /** The account of a person of a provider. The same subject of another issuer is another person. */
    Optional<UserAccount> find(String issuer, String subject) {
        return jdbc.sql("SELECT user_account FROM user_identity WHERE issuer = ? AND subject = ?")
                .params(issuer, subject)
                .query(String.class)
                .optional()
                .flatMap(users::find);
    }

    void add(String issuer, String subject, String user, Instant now) {
        jdbc.sql("INSERT INTO user_identity (issuer, subject, user_account, created_at, refreshed_at)"
                        + " VALUES (?, ?, ?, ?, ?)")
                .params(issuer, subject, user, now.toEpochMilli(), now.toEpochMilli())
                .update();
    }

    void setRefreshed(String issuer, String subject, Instant now) {
        jdbc.sql("UPDATE user_identity SET refreshed_at = ? WHERE issuer = ? AND subject = ?")
                .params(now.toEpochMilli(), issuer, subject)
                .update();
    }

    /** The accounts with an e-mail address that somebody vouches for, in any letter case, that have no identity of the issuer yet. */
    List<UserAccount> findByEmail(String email, String issuer) {
        return jdbc
                .sql("SELECT id FROM user_account WHERE LOWER(email) = LOWER(?) AND email_verified = 1 AND id NOT IN"
                        + " (SELECT user_account FROM user_identity WHERE issuer = ?)")
                .params(email, issuer)
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .flatMap(id -> users.find(id).stream())
                .toList();
    }
}
