package dev.lectern.storage.nodes;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Admits a node to the nodes that share the database, unless it or one of them has node-local storage. A registered node with the same data folder has ended,
 * since the lock of the folder is free. A node that died elsewhere looks alive until its lease has expired, so the admission waits for that.
 */
final class NodeAdmission {
    private static final Logger log = LoggerFactory.getLogger(NodeAdmission.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Dialect dialect;
    private final long leaseMillis;

    NodeAdmission(JdbcClient jdbc, TransactionTemplate transactions, Dialect dialect, long leaseMillis) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.dialect = dialect;
        this.leaseMillis = leaseMillis;
    }

    /**
     * A node before its admission.
     *
     * @param folder the id of its data folder; empty on SQLite
     * @param localStorage its node-local stores; empty when it has none
     */
    record JoiningNode(String id, String folder, String localStorage) {}

    private record ConflictingNode(String id, String localStorage, long aliveUntil, boolean expired) {}

    /**
     * Registers the node. Blocks for two leases at most.
     *
     * @throws LecternException {@code CONFLICT}, with the settings to change, when the nodes cannot share the database
     */
    void join(JoiningNode node) {
        Map<String, ConflictingNode> seen = Map.of();
        long started = System.nanoTime();
        while (true) {
            long waited = Duration.ofNanos(System.nanoTime() - started).toMillis();
            List<ConflictingNode> conflicts = tryToJoin(node, waited > leaseMillis / 3);
            if (conflicts.isEmpty()) {
                return;
            }
            if (seen.isEmpty()) {
                log.info("Another node is registered; waiting to see whether it is still alive");
                seen = conflicts.stream().collect(Collectors.toMap(ConflictingNode::id, Function.identity()));
            }
            for (ConflictingNode other : conflicts) {
                ConflictingNode before = seen.get(other.id());
                if (before == null || before.aliveUntil() != other.aliveUntil() || waited > 2 * leaseMillis) {
                    throw conflict(node, other);
                }
            }
            pause();
        }
    }

    /**
     * Returns the nodes that the new one conflicts with; it is registered when there are none. A table lock serialises the attempts of several nodes.
     *
     * @param removeExpired whether nodes with an expired lease are dead; after an outage of the database all leases have expired, and live nodes renew them soon
     */
    private List<ConflictingNode> tryToJoin(JoiningNode node, boolean removeExpired) {
        return transactions.execute(status -> {
            jdbc.sql("LOCK TABLE node IN SHARE ROW EXCLUSIVE MODE").update();
            jdbc.sql("DELETE FROM node WHERE folder = ?").param(node.folder()).update();
            List<ConflictingNode> conflicts = jdbc
                    .sql("SELECT id, own, alive_until, CASE WHEN alive_until < " + dialect.currentMillis()
                            + " THEN 1 ELSE 0 END FROM node WHERE own <> '' OR ? <> ''")
                    .param(node.localStorage())
                    .query((row, number) ->
                            new ConflictingNode(row.getString(1), row.getString(2), row.getLong(3), row.getInt(4) == 1))
                    .list()
                    .stream()
                    .filter(other -> !(removeExpired && deleteExpired(other)))
                    .toList();
            if (conflicts.isEmpty()) {
                insert(node);
            }
            return conflicts;
        });
    }

    private boolean deleteExpired(ConflictingNode other) {
        return other.expired()
                && jdbc.sql("DELETE FROM node WHERE id = ?").param(other.id()).update() == 1;
    }

    /** Also inserts a node again that was taken for dead. */
    void insert(JoiningNode node) {
        jdbc.sql("INSERT INTO node (id, started_at, alive_until, folder, own) VALUES (?, " + dialect.currentMillis()
                        + ", " + dialect.currentMillis() + " + ?, ?, ?)")
                .params(node.id(), leaseMillis, node.folder(), node.localStorage())
                .update();
    }

    private static LecternException conflict(JoiningNode node, ConflictingNode other) {
        return new LecternException(
                ErrorCode.CONFLICT,
                node.localStorage().isEmpty()
                        ? "Another node of this database stores " + other.localStorage()
                                + " in its own data folder, where this node cannot read it. Restart that node with the settings in brackets,"
                                + " or set another database for this node with LECTERN_DATABASE_URL."
                        : "Another node uses this database, but this node stores " + node.localStorage()
                                + " in its own data folder, where the other node cannot read it. Set the settings in brackets on all nodes,"
                                + " or set another database for this node with LECTERN_DATABASE_URL.");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping.", e);
        }
    }
}
