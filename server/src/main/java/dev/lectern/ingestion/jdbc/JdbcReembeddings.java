package dev.lectern.ingestion.jdbc;

import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.Reembedding.Model;
import dev.lectern.ingestion.Reembedding.Status;
import dev.lectern.ingestion.reembedding.ReembeddingTable;
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

@Repository
class JdbcReembeddings implements ReembeddingTable {
    private static final int LISTED = 20;
    private static final String OVER = "status IN ('cancelled', 'done')";
    /** What waits for a person, or for nothing, is nobody's work. */
    private static final String WAITING = "status IN ('ready', 'switched', 'failed', 'cancelled', 'done')";

    private final JdbcClient jdbc;
    private final NodeRegistry nodeRegistry;
    private final InstantSource clock;

    JdbcReembeddings(JdbcClient jdbc, NodeRegistry nodeRegistry, InstantSource clock) {
        this.jdbc = jdbc;
        this.nodeRegistry = nodeRegistry;
        this.clock = clock;
    }

    @Override
    public boolean add(Reembedding started) {
        return jdbc.sql("INSERT INTO reembedding (id, status, target, target_name, former, former_name,"
                                + " switch_when_ready, texts, embedded, created_at)"
                                + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
                                + " (SELECT 1 FROM reembedding WHERE NOT " + OVER + ")")
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
                        .update()
                == 1;
    }

    @Override
    public List<Reembedding> list() {
        return jdbc.sql("SELECT * FROM reembedding ORDER BY id DESC LIMIT ?")
                .param(LISTED)
                .query(JdbcReembeddings::read)
                .list();
    }

    @Override
    public Optional<Reembedding> find(String id) {
        return jdbc.sql("SELECT * FROM reembedding WHERE id = ?")
                .param(id)
                .query(JdbcReembeddings::read)
                .optional();
    }

    @Override
    public Optional<Reembedding> open() {
        return jdbc.sql("SELECT * FROM reembedding WHERE NOT " + OVER)
                .query(JdbcReembeddings::read)
                .optional();
    }

    @Override
    public boolean movedFrom(String name) {
        return jdbc.sql(
                                "SELECT COUNT(*) FROM reembedding WHERE former_name = ? AND status IN ('switched', 'dropping', 'done')")
                        .param(name)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public boolean move(String id, Status from, Status to, @Nullable String reason) {
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

    @Override
    public boolean again(String id, boolean switchWhenReady) {
        return jdbc.sql("UPDATE reembedding SET status = 'building', reason = NULL, switch_when_ready = ?"
                                + " WHERE id = ? AND status = 'failed'")
                        .params(switchWhenReady ? 1 : 0, id)
                        .update()
                == 1;
    }

    @Override
    public Optional<Reembedding> claim() {
        return jdbc.sql("UPDATE reembedding SET owner = ? WHERE NOT " + WAITING + " AND "
                        + nodeRegistry.orphanCondition("reembedding.owner") + " RETURNING *")
                .param(nodeRegistry.self())
                .query(JdbcReembeddings::read)
                .optional();
    }

    @Override
    public void release(String id) {
        jdbc.sql("UPDATE reembedding SET owner = NULL WHERE id = ? AND owner = ?")
                .params(id, nodeRegistry.self())
                .update();
    }

    @Override
    public boolean progress(String id, long texts, long embedded) {
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
                switched ? Instant.ofEpochMilli(switchedAt) : null);
    }
}
