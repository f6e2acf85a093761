package dev.lectern.library.originals;

import dev.lectern.storage.NodeRegistry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The reservations of all nodes, in the database. A reservation also adds the bytes to the original outbox. A deletion locks the entry there, so neither can miss
 * the other, and bytes whose node died before they had a document are deleted like all others in the outbox.
 */
final class OriginalReservationRepository implements OriginalReservations {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final NodeRegistry nodeRegistry;

    OriginalReservationRepository(JdbcClient jdbc, TransactionTemplate transactions, NodeRegistry nodeRegistry) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.nodeRegistry = nodeRegistry;
    }

    @Override
    public void reserve(String hash) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql(
                            "INSERT INTO original_outbox (hash) VALUES (?) ON CONFLICT (hash) DO UPDATE SET hash = excluded.hash")
                    .param(hash)
                    .update();
            jdbc.sql("INSERT INTO original_hold (hash, owner, times) VALUES (?, ?, 1)"
                            + " ON CONFLICT (hash, owner) DO UPDATE SET times = original_hold.times + 1")
                    .params(hash, nodeRegistry.self())
                    .update();
        });
    }

    @Override
    public void release(String hash) {
        int left = jdbc.sql("UPDATE original_hold SET times = times - 1 WHERE hash = ? AND owner = ? AND times > 1")
                .params(hash, nodeRegistry.self())
                .update();
        if (left == 0) {
            jdbc.sql("DELETE FROM original_hold WHERE hash = ? AND owner = ? AND times = 1")
                    .params(hash, nodeRegistry.self())
                    .update();
        }
    }

    @Override
    public boolean isReserved(String hash) {
        return jdbc.sql("SELECT 1 FROM original_hold WHERE hash = ? AND NOT "
                        + nodeRegistry.orphanCondition("original_hold.owner") + " LIMIT 1")
                .param(hash)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void deleteOfDeadNodes() {
        jdbc.sql("DELETE FROM original_hold WHERE " + nodeRegistry.orphanCondition("original_hold.owner"))
                .update();
    }
}
