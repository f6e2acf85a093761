package dev.lectern.http.idempotency;

import dev.lectern.http.HttpProperties;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
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

    IdempotencyClaim claim(String caller, String key, String requestHash) {
        deleteExpired();
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int inserted = jdbc.sql("""
                            INSERT INTO idempotency_keys (caller, key, request_hash, owner, created_at, status)
                            VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING""")
                    .params(caller, key, requestHash, nodeRegistry.self(), clock.millis())
                    .update();
            if (inserted == 1) {
                return new IdempotencyClaim.Granted();
            }
            Optional<IdempotencyClaim> earlier = jdbc.sql("SELECT * FROM idempotency_keys WHERE caller = ? AND key = ?")
                    .params(caller, key)
                    .query((row, number) -> read(row, requestHash))
                    .optional();
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        return new IdempotencyClaim.Running();
    }

    void recordAnswer(String caller, String key, IdempotencyClaim.Answered answer) {
        jdbc.sql("""
                        UPDATE idempotency_keys SET status = ?, content_type = ?, location = ?, body = ?
                        WHERE caller = ? AND key = ?""")
                .param(answer.status())
                .param(answer.contentType())
                .param(answer.location())
                .param(answer.body())
                .param(caller)
                .param(key)
                .update();
    }

    void release(String caller, String key) {
        jdbc.sql("DELETE FROM idempotency_keys WHERE caller = ? AND key = ? AND status = 0")
                .params(caller, key)
                .update();
    }

    private void deleteExpired() {
        jdbc.sql("DELETE FROM idempotency_keys WHERE created_at < ? OR (status = 0 AND "
                        + nodeRegistry.orphanCondition("idempotency_keys.owner") + ")")
                .param(clock.millis() - properties.idempotencyKept().toMillis())
                .update();
    }

    private static IdempotencyClaim read(ResultSet row, String requestHash) throws SQLException {
        if (!row.getString("request_hash").equals(requestHash)) {
            return new IdempotencyClaim.Conflicting();
        }
        int status = row.getInt("status");
        return status == 0
                ? new IdempotencyClaim.Running()
                : new IdempotencyClaim.Answered(
                        status, row.getString("content_type"), row.getString("location"), row.getString("body"));
    }
}
