package dev.lectern.security.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accounts in the database. Changes go through {@link dev.lectern.security.access.AccessChanges}. */
@Repository
public class UserRepository {
    private static final String SELECT = "SELECT id, name, display_name, email, email_verified, role, password,"
            + " password_set_at, second_factor, disabled_at, created_at, signed_in_at, version FROM user_account ";

    private final JdbcClient jdbc;

    public UserRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return whether it was added; false if the name is taken */
    public boolean add(UserAccount user) {
        return jdbc.sql("INSERT INTO user_account (id, name, display_name, email, email_verified, role, password,"
                                + " password_set_at, second_factor, disabled_at, created_at, signed_in_at, version)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(Arrays.asList(
                                user.id(),
                                user.name(),
                                user.displayName(),
                                user.email(),
                                user.isEmailVerified() ? 1 : 0,
                                user.role().text(),
                                user.password(),
                                millis(user.passwordSetAt()),
                                user.secondFactor(),
                                millis(user.disabledAt()),
                                user.createdAt().toEpochMilli(),
                                millis(user.signedInAt()),
                                user.version()))
                        .update()
                > 0;
    }

    /** Replaces what people change of an account, and raises its version; not {@link UserAccount#signedInAt} and the name. */
    public void update(UserAccount user) {
        jdbc.sql("UPDATE user_account SET display_name = ?, email = ?, email_verified = ?, role = ?, password = ?,"
                        + " password_set_at = ?, second_factor = ?, disabled_at = ?, version = version + 1"
                        + " WHERE id = ?")
                .params(Arrays.asList(
                        user.displayName(),
                        user.email(),
                        user.isEmailVerified() ? 1 : 0,
                        user.role().text(),
                        user.password(),
                        millis(user.passwordSetAt()),
                        user.secondFactor(),
                        millis(user.disabledAt()),
                        user.id()))
                .update();
    }

    /** Replaces the hash of the same password, unless it was changed meanwhile. */
    public void replaceEncodedPassword(String name, String former, String encoded) {
        jdbc.sql("UPDATE user_account SET password = ? WHERE name = ? AND password = ?")
                .params(encoded, name, former)
                .update();
    }

    /** Sets a new password, which ends nothing by itself. */
    public void setPassword(String id, String encoded, Instant at) {
        jdbc.sql("UPDATE user_account SET password = ?, password_set_at = ? WHERE id = ?")
                .params(encoded, at.toEpochMilli(), id)
                .update();
    }

    /**
     * Replaces the encrypted second factor, unless it was changed meanwhile.
     *
     * @param former null when the person had none
     * @param next null for none
     * @return whether it was replaced
     */
    public boolean replaceSecondFactor(String id, @Nullable String former, @Nullable String next) {
        return jdbc.sql("UPDATE user_account SET second_factor = ? WHERE id = ? AND COALESCE(second_factor, '') = ?")
                        .params(Arrays.asList(next, id, former == null ? "" : former))
                        .update()
                > 0;
    }

    public void setSignedIn(String id, Instant at) {
        jdbc.sql("UPDATE user_account SET signed_in_at = ? WHERE id = ?")
                .params(at.toEpochMilli(), id)
                .update();
    }

    /** Deletes an account with its identities, memberships, codes, passkeys and links; its keys and grants are others' work. */
    public void delete(String id) {
        for (String table : List.of("recovery_code", "passkey", "user_identity", "group_member", "one_time_link")) {
            jdbc.sql("DELETE FROM " + table + " WHERE user_account = ?")
                    .param(id)
                    .update();
        }
        jdbc.sql("DELETE FROM user_account WHERE id = ?").param(id).update();
    }

    public Optional<UserAccount> find(String id) {
        return jdbc.sql(SELECT + "WHERE id = ?")
                .param(id)
                .query(UserRepository::read)
                .optional();
    }

    /** @param name folded */
    public Optional<UserAccount> findByName(String name) {
        return jdbc.sql(SELECT + "WHERE name = ?")
                .param(name)
                .query(UserRepository::read)
                .optional();
    }

    /**
     * Accounts in the order of their names.
     *
     * @param query part of the name or shown name, in any letter case; empty for all
     * @param after the last name of the page before; empty for the first page
     */
    public List<UserAccount> list(String query, String after, int limit) {
        String pattern = "%" + escape(query.strip().toLowerCase(Locale.ROOT)) + "%";
        return jdbc.sql(SELECT + "WHERE name > ? AND (name LIKE ? ESCAPE '!' OR LOWER(display_name) LIKE ? ESCAPE '!')"
                        + " ORDER BY name LIMIT ?")
                .params(after, pattern, pattern, limit)
                .query(UserRepository::read)
                .list();
    }

    public long countActiveAdministrators() {
        return jdbc.sql("SELECT COUNT(*) FROM user_account WHERE role = ? AND disabled_at IS NULL")
                .param(Role.ADMINISTRATOR.text())
                .query(Long.class)
                .single();
    }

    /** The ids of the groups of a person, whatever says that the person belongs to them. */
    public Set<String> groupsOf(String id) {
        return jdbc
                .sql("SELECT user_group FROM group_member WHERE user_account = ?")
                .param(id)
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static UserAccount read(ResultSet row, int number) throws SQLException {
        return new UserAccount(
                row.getString("id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("email"),
                row.getInt("email_verified") == 1,
                Role.of(row.getString("role")).orElse(Role.USER),
                row.getString("password"),
                time(row, "password_set_at"),
                row.getString("second_factor"),
                time(row, "disabled_at"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "signed_in_at"),
                row.getLong("version"));
    }
}
