package dev.lectern.ingestion.jobs;

import dev.lectern.ingestion.QueuePause;
import dev.lectern.ingestion.RequiredService;
import dev.lectern.storage.NodeRegistry;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores which nodes have paused their work on documents, so that every node can show it. */
@Repository
public class QueuePauseRepository {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final NodeRegistry nodeRegistry;

    QueuePauseRepository(JdbcClient jdbc, TransactionTemplate transactions, NodeRegistry nodeRegistry) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.nodeRegistry = nodeRegistry;
    }

    /** Records that this node pauses, or why it still does. */
    public void save(QueuePause pause) {
        transactions.executeWithoutResult(
                status -> jdbc.sql("INSERT INTO queue_pause (node, service, code, reason, since) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (node) DO UPDATE SET service = excluded.service, code = excluded.code,"
                                + " reason = excluded.reason, since = excluded.since")
                        .params(
                                nodeRegistry.self(),
                                pause.service().text(),
                                pause.code(),
                                pause.reason(),
                                pause.since().toEpochMilli())
                        .update());
    }

    /** Records that this node works again. */
    public void delete() {
        transactions.executeWithoutResult(status -> jdbc.sql("DELETE FROM queue_pause WHERE node = ?")
                .param(nodeRegistry.self())
                .update());
    }

    /** Deletes the rows of dead nodes. */
    public void deleteOrphaned() {
        transactions.executeWithoutResult(
                status -> jdbc.sql("DELETE FROM queue_pause WHERE " + nodeRegistry.orphanCondition("queue_pause.node"))
                        .update());
    }

    /** The longest pause of a living node. */
    public Optional<QueuePause> findLongest() {
        return jdbc.sql("SELECT service, code, reason, since FROM queue_pause WHERE NOT "
                        + nodeRegistry.orphanCondition("queue_pause.node") + " ORDER BY since, node LIMIT 1")
                .query((row, number) -> new QueuePause(
                        RequiredService.of(row.getString("service")),
                        row.getString("code"),
                        row.getString("reason"),
                        Instant.ofEpochMilli(row.getLong("since"))))
                .optional();
    }
}
