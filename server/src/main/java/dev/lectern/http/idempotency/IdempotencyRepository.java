package dev.lectern.http.idempotency;

import dev.lectern.http.HttpProperties;
import dev.lectern.http.idempotency.IdempotencyClaim.ResponseRecord;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores idempotency keys and responses in the database. Claims of dead nodes are released. */
@Component
class IdempotencyRepository {
    private static final int MAX_ATTEMPTS = 3;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final HttpProperties properties;
    private final NodeRegistry nodeRegistry;

    IdempotencyRepository(JdbcClient jdbc, InstantSource clock, NodeRegistry nodeRegistry, HttpProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
        this.nodeRegistry = nodeRegistry;
    }

    /**
     * @param scope whose key it is: a caller, or an address
     * @param visitor whom the request runs for, when it had no cookie
     */
    IdempotencyClaim claim(String scope, String key, String requestHash, @Nullable String visitor) {
        deleteIfExpired(scope, key);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int inserted = jdbc.sql("""
                            INSERT INTO idempotency_keys (caller, key, request_hash, owner, created_at, status, visitor)
                            VALUES (?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING""")
                    .param(scope)
                    .param(key)
                    .param(requestHash)
                    .param(nodeRegistry.self())
                    .param(clock.millis())
                    .param(visitor)
                    .update();
            if (inserted == 1) {
                return new IdempotencyClaim.Granted();
            }
            Optional<IdempotencyClaim> earlier = jdbc.sql("SELECT * FROM idempotency_keys WHERE caller = ? AND key = ?")
                    .params(scope, key)
                    .query((row, number) -> read(row, requestHash))
                    .optional();
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        return new IdempotencyClaim.Running(null);
    }

    void recordAnswer(String scope, String key, ResponseRecord response) {
        jdbc.sql("""
                        UPDATE idempotency_keys SET status = ?, content_type = ?, location = ?, body = ?, renderer = ?
                        WHERE caller = ? AND key = ?""")
                .param(response.status())
                .param(response.contentType())
                .param(response.location())
                .param(response.body())
                .param(response.renderer())
                .param(scope)
                .param(key)
                .update();
    }

    void release(String scope, String key) {
        jdbc.sql("DELETE FROM idempotency_keys WHERE caller = ? AND key = ? AND status = 0")
                .params(scope, key)
                .update();
    }

    /**
     * Deletes what is older than the retention, and the claims of dead nodes.
     *
     * @return number of deleted keys
     */
    int deleteExpired() {
        return jdbc.sql("DELETE FROM idempotency_keys WHERE created_at < ?")
                        .param(expiry())
                        .update()
                + jdbc.sql("DELETE FROM idempotency_keys WHERE status = 0 AND " + orphaned())
                        .update();
    }

    /** One key alone: a claim must not wait for the deletion of many others. */
    private void deleteIfExpired(String scope, String key) {
        jdbc.sql("DELETE FROM idempotency_keys WHERE caller = ? AND key = ? AND (created_at < ? OR (status = 0 AND "
                        + orphaned() + "))")
                .params(scope, key, expiry())
                .update();
    }

    private long expiry() {
        return clock.millis() - properties.idempotencyKept().toMillis();
    }

    private String orphaned() {
        return nodeRegistry.orphanCondition("idempotency_keys.owner");
    }

    private static IdempotencyClaim read(ResultSet row, String requestHash) throws SQLException {
        if (!row.getString("request_hash").equals(requestHash)) {
            return new IdempotencyClaim.Conflicting();
        }
        int status = row.getInt("status");
        String visitor = row.getString("visitor");
        return status == 0
                ? new IdempotencyClaim.Running(visitor)
                : new IdempotencyClaim.Answered(
                        new ResponseRecord(
                                status,
                                row.getString("content_type"),
                                row.getString("location"),
                                row.getString("body"),
                                row.getString("renderer")),
                        visitor);
    }
}
