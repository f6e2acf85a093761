package dev.lectern.security.keys;

import dev.lectern.security.keys.StoredApiKey.Secret;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** API keys in the database. Changes go through {@link dev.lectern.security.access.AccessChanges}, apart from the last use. */
@Repository
class ApiKeyRepository {
    private static final String SEPARATOR = ",";
    private static final String SELECT =
            "SELECT id, name, owner, scopes, collections, created_at, expires_at, revoked_at,"
                    + " last_used_at, version FROM api_key ";

    private final JdbcClient jdbc;

    ApiKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a key with its secrets. */
    void add(StoredApiKey key) {
        jdbc.sql("INSERT INTO api_key (id, name, owner, scopes, collections, created_at, expires_at, version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 0)")
                .params(Arrays.asList(
                        key.id(),
                        key.name(),
                        key.owner(),
                        join(key.scopes().stream().map(Scope::text).toList()),
                        join(key.collections().stream().map(CollectionId::value).toList()),
                        key.createdAt().toEpochMilli(),
                        millis(key.expiresAt())))
                .update();
        key.secrets().forEach(secret -> addSecret(key.id(), secret));
    }

    void addSecret(String key, Secret secret) {
        jdbc.sql("INSERT INTO api_key_secret (hash, api_key, hint, created_at, expires_at) VALUES (?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        secret.hash(),
                        key,
                        secret.hint(),
                        secret.createdAt().toEpochMilli(),
                        millis(secret.expiresAt())))
                .update();
    }

    void setSecretExpiry(String hash, Instant at) {
        jdbc.sql("UPDATE api_key_secret SET expires_at = ? WHERE hash = ?")
                .params(at.toEpochMilli(), hash)
                .update();
    }

    void deleteSecret(String hash) {
        jdbc.sql("DELETE FROM api_key_secret WHERE hash = ?").param(hash).update();
    }

    /** Replaces what people change of a key, and raises its version: name, scopes, collections and expiry. */
    void update(StoredApiKey key) {
        jdbc.sql("UPDATE api_key SET name = ?, scopes = ?, collections = ?, expires_at = ?, version = version + 1"
                        + " WHERE id = ?")
                .params(Arrays.asList(
                        key.name(),
                        join(key.scopes().stream().map(Scope::text).toList()),
                        join(key.collections().stream().map(CollectionId::value).toList()),
                        millis(key.expiresAt()),
                        key.id()))
                .update();
    }

    void raiseVersion(String id) {
        jdbc.sql("UPDATE api_key SET version = version + 1 WHERE id = ?")
                .param(id)
                .update();
    }

    void revoke(String id, Instant at) {
        jdbc.sql("UPDATE api_key SET revoked_at = ?, version = version + 1 WHERE id = ?")
                .params(at.toEpochMilli(), id)
                .update();
    }

    /** Notes a use unless one was noted after {@code since}. */
    void setUsed(String id, Instant at, Instant since) {
        jdbc.sql("UPDATE api_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)")
                .params(at.toEpochMilli(), id, since.toEpochMilli())
                .update();
    }

    /** Deletes all keys of a person, revoked ones too. */
    void deleteOf(String owner) {
        jdbc.sql("DELETE FROM api_key_secret WHERE api_key IN (SELECT id FROM api_key WHERE owner = ?)")
                .param(owner)
                .update();
        jdbc.sql("DELETE FROM api_key WHERE owner = ?").param(owner).update();
    }

    /** Deletes keys that were revoked before a time. */
    void deleteRevokedBefore(Instant time) {
        jdbc.sql("DELETE FROM api_key_secret WHERE api_key IN (SELECT id FROM api_key WHERE revoked_at < ?)")
                .param(time.toEpochMilli())
                .update();
        jdbc.sql("DELETE FROM api_key WHERE revoked_at < ?")
                .param(time.toEpochMilli())
                .update();
    }

    /** The key of an id, revoked or not. */
    Optional<StoredApiKey> find(String id) {
        return jdbc.sql(SELECT + "WHERE id = ?")
                .param(id)
                .query(ApiKeyRepository::read)
                .optional()
                .map(this::withSecrets);
    }

    /** The key that has, or had, a secret with this hash. */
    Optional<StoredApiKey> findBySecret(String hash) {
        return jdbc.sql("SELECT api_key FROM api_key_secret WHERE hash = ?")
                .param(hash)
                .query(String.class)
                .optional()
                .flatMap(this::find);
    }

    /** All keys that are not revoked, in the order of their ids, which is that of their creation. */
    List<StoredApiKey> list(String after, int limit) {
        return jdbc
                .sql(SELECT + "WHERE id > ? AND revoked_at IS NULL ORDER BY id LIMIT ?")
                .params(after, limit)
                .query(ApiKeyRepository::read)
                .list()
                .stream()
                .map(this::withSecrets)
                .toList();
    }

    /** Those of a person. */
    List<StoredApiKey> listOf(String owner, String after, int limit) {
        return jdbc
                .sql(SELECT + "WHERE owner = ? AND id > ? AND revoked_at IS NULL ORDER BY id LIMIT ?")
                .params(owner, after, limit)
                .query(ApiKeyRepository::read)
                .list()
                .stream()
                .map(this::withSecrets)
                .toList();
    }

    /** @param owner null for the keys of the server */
    long count(@Nullable String owner) {
        return jdbc.sql("SELECT COUNT(*) FROM api_key WHERE COALESCE(owner, '') = ? AND revoked_at IS NULL")
                .param(Objects.requireNonNullElse(owner, ""))
                .query(Long.class)
                .single();
    }

    private static StoredApiKey read(ResultSet row, int number) throws SQLException {
        return new StoredApiKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("owner"),
                split(row.getString("scopes"))
                        .flatMap(text -> Scope.of(text).stream())
                        .collect(Collectors.toSet()),
                split(row.getString("collections")).map(CollectionId::new).collect(Collectors.toSet()),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "expires_at"),
                time(row, "revoked_at"),
                time(row, "last_used_at"),
                List.of(),
                row.getLong("version"));
    }

    /** Read after the row, so that no request holds two connections. */
    private StoredApiKey withSecrets(StoredApiKey key) {
        return key.withSecrets(
                jdbc.sql("SELECT hash, hint, created_at, expires_at FROM api_key_secret WHERE api_key = ?"
                                + " ORDER BY created_at DESC, CASE WHEN expires_at IS NULL THEN 0 ELSE 1 END, hash")
                        .param(key.id())
                        .query((row, _) -> new Secret(
                                row.getString("hash"),
                                row.getString("hint"),
                                Instant.ofEpochMilli(row.getLong("created_at")),
                                time(row, "expires_at")))
                        .list());
    }

    private static String join(Collection<String> values) {
        return values.stream().sorted().collect(Collectors.joining(SEPARATOR));
    }

    /** Ids of collections and names of scopes have no comma. */
    private static Stream<String> split(@Nullable String values) {
        return values == null || values.isEmpty() ? Stream.of() : Set.of(values.split(SEPARATOR, -1)).stream();
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
