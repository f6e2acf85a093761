package dev.lectern.ingestion.reembedding;

import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.Reembedding.Model;
import dev.lectern.ingestion.Reembedding.Status;
import dev.lectern.shared.Caller;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the re-embeddings. Every method joins a transaction. */
@Repository
public class ReembeddingRepository {
    private static final int LISTED = 20;
    private static final String FINAL = "status IN ('cancelled', 'done')";
    /** Nothing is to be done in these states until a person decides. */
    private static final String IDLE = "status IN ('ready', 'switched', 'failed', 'cancelled', 'done')";

    private final JdbcClient jdbc;
    private final NodeRegistry nodeRegistry;
    private final InstantSource clock;

    ReembeddingRepository(JdbcClient jdbc, NodeRegistry nodeRegistry, InstantSource clock) {
        this.jdbc = jdbc;
        this.nodeRegistry = nodeRegistry;
        this.clock = clock;
    }

    /**
     * Stores a new re-embedding. False, and no change, while another one is not final.
     *
     * @param started no node owns it
     */
    public boolean add(Reembedding started) {
        return jdbc.sql("INSERT INTO reembedding (id, status, target, target_name, former, former_name,"
                                + " switch_when_ready, texts, embedded, created_at, caller)"
                                + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
                                + " (SELECT 1 FROM reembedding WHERE NOT " + FINAL + ")")
                        .params(
                                started.id(),
                                text(started.status()),
                                started.target().id(),
                                started.target().name(),
                                started.former().id(),
                                started.former().name(),
                                started.switchWhenReady() ? 1 : 0,
                                started.texts(),
                                started.embedded(),
                                started.createdAt().toEpochMilli())
                        .param(
                                started.caller() == null
                                        ? null
                                        : started.caller().text())
                        .update()
                == 1;
    }

    /** The newest first, at most 20. */
    public List<Reembedding> list() {
        return jdbc.sql("SELECT * FROM reembedding ORDER BY id DESC LIMIT ?")
                .param(LISTED)
                .query(ReembeddingRepository::read)
                .list();
    }

    public Optional<Reembedding> find(String id) {
        return jdbc.sql("SELECT * FROM reembedding WHERE id = ?")
                .param(id)
                .query(ReembeddingRepository::read)
                .optional();
    }

    /** The one that is not final. */
    public Optional<Reembedding> findOpen() {
        return jdbc.sql("SELECT * FROM reembedding WHERE NOT " + FINAL)
                .query(ReembeddingRepository::read)
                .optional();
    }

    /** Whether the library was re-embedded from an embedder of this name to another. */
    public boolean wasFormer(String name) {
        return jdbc.sql(
                                "SELECT COUNT(*) FROM reembedding WHERE former_name = ? AND status IN ('switched', 'dropping', 'done')")
                        .param(name)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Changes the status. False, and no change, when the status is not {@code from} any more. */
    public boolean changeStatus(String id, Status from, Status to, @Nullable String reason) {
        return jdbc.sql("UPDATE reembedding SET status = ?, reason = ?, switched_at = CASE WHEN ? = 1 THEN ?"
                                + " ELSE switched_at END WHERE id = ? AND status = ?")
                        .param(text(to))
                        .param(reason)
                        .params(
                                to == Status.SWITCHED && from == Status.SWITCHING ? 1 : 0,
                                clock.millis(),
                                id,
                                text(from))
                        .update()
                == 1;
    }

    /** Restarts a failed re-embedding. False, and no change, when it has not failed. */
    public boolean restart(String id, boolean switchWhenReady) {
        return jdbc.sql("UPDATE reembedding SET status = 'building', reason = NULL, switch_when_ready = ?"
                                + " WHERE id = ? AND status = 'failed'")
                        .params(switchWhenReady ? 1 : 0, id)
                        .update()
                == 1;
    }

    /** Claims the re-embedding that has work to do, unless a living node owns it. This node owns it as long as it lives. */
    public Optional<Reembedding> claim() {
        return jdbc.sql("UPDATE reembedding SET owner = ? WHERE NOT " + IDLE + " AND "
                        + nodeRegistry.orphanCondition("reembedding.owner") + " RETURNING *")
                .param(nodeRegistry.self())
                .query(ReembeddingRepository::read)
                .optional();
    }

    /** Ends this node's ownership. */
    public void release(String id) {
        jdbc.sql("UPDATE reembedding SET owner = NULL WHERE id = ? AND owner = ?")
                .params(id, nodeRegistry.self())
                .update();
    }

    /** Records the progress. False, and no change, when the index is not being built any more. */
    public boolean recordProgress(String id, long texts, long embedded) {
        return jdbc.sql("UPDATE reembedding SET texts = ?, embedded = ?, reason = NULL"
                                + " WHERE id = ? AND status = 'building'")
                        .params(texts, embedded, id)
                        .update()
                == 1;
    }

    private static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Reembedding read(ResultSet row, int number) throws SQLException {
        long switchedAt = row.getLong("switched_at");
        boolean switched = !row.wasNull();
        String caller = row.getString("caller");
        return new Reembedding(
                row.getString("id"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                new Model(row.getString("target_name"), row.getString("target")),
                new Model(row.getString("former_name"), row.getString("former")),
                row.getInt("switch_when_ready") == 1,
                row.getString("reason"),
                row.getLong("texts"),
                row.getLong("embedded"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                switched ? Instant.ofEpochMilli(switchedAt) : null,
                caller == null ? null : Caller.parse(caller).orElse(null));
    }
}
