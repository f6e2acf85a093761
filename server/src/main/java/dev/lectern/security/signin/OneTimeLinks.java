package dev.lectern.security.signin;

import dev.lectern.security.access.AccessChanges;
import dev.lectern.shared.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links that let somebody in once, without a password: to become the first administrator, or to choose a password. A link has 256 random bits, of which the database
 * has a hash only. Of several redemptions at once, on all nodes, one succeeds. Thread-safe.
 */
@Component
public class OneTimeLinks {
    private static final int BYTES = 32;

    /** What a link is for. */
    public enum Purpose {
        /** Whoever has it becomes the first administrator. */
        FIRST_ADMINISTRATOR(Duration.ofMinutes(15), "/setup"),
        /** The person chooses the first password. */
        INVITATION(Duration.ofDays(7), "/reset"),
        /** The person chooses another password. */
        PASSWORD_RESET(Duration.ofHours(24), "/reset");

        private final Duration lifetime;
        private final String page;

        Purpose(Duration lifetime, String page) {
            this.lifetime = lifetime;
            this.page = page;
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A link as its receiver gets it. Never log it.
     *
     * @param path with the token in the fragment, which browsers send to no server, such as {@code /reset#Zm9v…}; see {@link
     *     dev.lectern.http.ExternalAddress#url}
     */
    public record OneTimeLink(String path, Instant expiresAt) {
        /** Without the path, which is a secret. */
        @Override
        public String toString() {
            return "OneTimeLink[expires " + expiresAt + "]";
        }
    }

    private final JdbcClient jdbc;
    private final AccessChanges changes;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    OneTimeLinks(JdbcClient jdbc, AccessChanges changes, InstantSource clock) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A new link, instead of former ones for the same purpose and person. Writes within the caller's transaction if there is one.
     *
     * @param userId whose password it sets; null for the first administrator
     */
    public OneTimeLink create(Purpose purpose, @Nullable String userId) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expiresAt = clock.instant().plus(purpose.lifetime);
        changes.make(() -> {
            deleteExpired();
            delete(purpose, userId);
            jdbc.sql("INSERT INTO one_time_link (hash, purpose, user_account, expires_at) VALUES (?, ?, ?, ?)")
                    .params(Arrays.asList(Sha256.hex(token), purpose.text(), userId, expiresAt.toEpochMilli()))
                    .update();
        });
        return new OneTimeLink(purpose.page + "#" + token, expiresAt);
    }

    /**
     * Carries out {@code action} for the person of a link, and uses up the link with all others of that person, in one transaction: if the action fails, the link
     * still works.
     *
     * @param action gets the id of the account
     * @return empty for a link that is unknown, expired or was used
     */
    <T> Optional<T> redeemForPassword(String token, Function<String, T> action) {
        return changes.make(
                () -> findForPassword(token).filter(user -> use(token)).map(user -> {
                    deleteOf(user);
                    return action.apply(user);
                }));
    }

    /** Likewise for the first administrator, with all links for one. */
    <T> Optional<T> redeemForFirstAdministrator(String token, Function<String, T> action) {
        return changes.make(() -> find(token, Purpose.FIRST_ADMINISTRATOR)
                .filter(nobody -> delete(Purpose.FIRST_ADMINISTRATOR, null) > 0)
                .map(action));
    }

    /** The id of the account of a link that can be redeemed now. */
    Optional<String> findForPassword(String token) {
        return find(token, Purpose.INVITATION).or(() -> find(token, Purpose.PASSWORD_RESET));
    }

    boolean isForFirstAdministrator(String token) {
        return find(token, Purpose.FIRST_ADMINISTRATOR).isPresent();
    }

    /** Deletes the links of a person, such as after a change of the password. */
    void deleteOf(String userId) {
        jdbc.sql("DELETE FROM one_time_link WHERE user_account = ?")
                .param(userId)
                .update();
    }

    /** The person of a valid link; an empty text for one without a person. */
    private Optional<String> find(String token, Purpose purpose) {
        return jdbc.sql("SELECT COALESCE(user_account, '') FROM one_time_link"
                        + " WHERE hash = ? AND purpose = ? AND expires_at > ?")
                .params(Sha256.hex(token), purpose.text(), clock.millis())
                .query(String.class)
                .optional();
    }

    /** Whether this transaction is the one that used it. */
    private boolean use(String token) {
        return jdbc.sql("DELETE FROM one_time_link WHERE hash = ?")
                        .param(Sha256.hex(token))
                        .update()
                > 0;
    }

    private int delete(Purpose purpose, @Nullable String userId) {
        return jdbc.sql("DELETE FROM one_time_link WHERE purpose = ? AND COALESCE(user_account, '') = ?")
                .params(purpose.text(), Objects.requireNonNullElse(userId, ""))
                .update();
    }

    private void deleteExpired() {
        jdbc.sql("DELETE FROM one_time_link WHERE expires_at <= ?")
                .param(clock.millis())
                .update();
    }
}
