package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
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
 * Lets a node in beside those that share the database already, unless one of them, or it, keeps something to itself. A node of the same data folder has
 * ended, as its lock says. One that died elsewhere looks like a living one until its lease has expired, so it is waited for.
 */
final class Neighbours {
    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Dialect dialect;
    private final long leaseMillis;

    Neighbours(JdbcClient jdbc, TransactionTemplate transactions, Dialect dialect, long leaseMillis) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.dialect = dialect;
        this.leaseMillis = leaseMillis;
    }

    /**
     * A node to be.
     *
     * @param own what it keeps to itself; empty when nothing
     */
    record Newcomer(String id, String folder, String own) {}

    private record Neighbour(String id, String own, long aliveUntil, boolean expired) {}

    /**
     * Blocks for a lease at most.
     *
     * @throws LecternException {@code CONFLICT}, with a sentence that says what to set, when they cannot share the database
     */
    void join(Newcomer node) {
        Map<String, Neighbour> first = Map.of();
        long begun = System.nanoTime();
        while (true) {
            long waited = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            List<Neighbour> inTheWay = tryToJoin(node, waited > leaseMillis / 3);
            if (inTheWay.isEmpty()) {
                return;
            }
            if (first.isEmpty()) {
                LOG.info("Another node was here; looking whether it still lives");
                first = inTheWay.stream().collect(Collectors.toMap(Neighbour::id, Function.identity()));
            }
            for (Neighbour neighbour : inTheWay) {
                Neighbour before = first.get(neighbour.id());
                if (before == null || before.aliveUntil() != neighbour.aliveUntil() || waited > 2 * leaseMillis) {
                    throw refused(node, neighbour);
                }
            }
            pause();
        }
    }

    /**
     * Those that it must not live beside; it has joined when there are none. No two nodes try at the same time.
     *
     * @param judge whether those with an expired lease are dead: after an outage of the database all have one, and renew it soon
     */
    private List<Neighbour> tryToJoin(Newcomer node, boolean judge) {
        return transactions.execute(status -> {
            jdbc.sql("LOCK TABLE node IN SHARE ROW EXCLUSIVE MODE").update();
            jdbc.sql("DELETE FROM node WHERE folder = ?").param(node.folder()).update();
            List<Neighbour> living = jdbc
                    .sql("SELECT id, own, alive_until, CASE WHEN alive_until < " + dialect.now()
                            + " THEN 1 ELSE 0 END FROM node WHERE own <> '' OR ? <> ''")
                    .param(node.own())
                    .query((row, number) ->
                            new Neighbour(row.getString(1), row.getString(2), row.getLong(3), row.getInt(4) == 1))
                    .list()
                    .stream()
                    .filter(neighbour -> !(judge && buried(neighbour)))
                    .toList();
            if (living.isEmpty()) {
                insert(node);
            }
            return living;
        });
    }

    private boolean buried(Neighbour neighbour) {
        return neighbour.expired()
                && jdbc.sql("DELETE FROM node WHERE id = ?")
                                .param(neighbour.id())
                                .update()
                        == 1;
    }

    /** Also for one that comes back after it was taken for dead. */
    void insert(Newcomer node) {
        jdbc.sql("INSERT INTO node (id, started_at, alive_until, folder, own) VALUES (?, " + dialect.now() + ", "
                        + dialect.now() + " + ?, ?, ?)")
                .params(node.id(), leaseMillis, node.folder(), node.own())
                .update();
    }

    private static LecternException refused(Newcomer node, Neighbour neighbour) {
        return new LecternException(
                ErrorCode.CONFLICT,
                node.own().isEmpty()
                        ? "A node that uses this database keeps " + neighbour.own()
                                + " in its own data folder, where this one does not find it. Start that one again with what is named in"
                                + " brackets set, or give this one another database with LECTERN_DATABASE_URL."
                        : "Another node uses this database, but this one keeps " + node.own()
                                + " in its own data folder, where the other does not find it. Set what is named in brackets on all nodes, or"
                                + " give this one another database with LECTERN_DATABASE_URL.");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping.", e);
        }
    }
}
