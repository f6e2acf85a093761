package dev.lectern.library.jdbc;

import dev.lectern.storage.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Excludes commits of documents from a switch of the active embedder, including commits to collections that have no embedder yet. It is locked before any
 * collection.
 */
@Component
public class EmbedderLock {
    private static final String ROW = "SELECT one FROM embedder_lock WHERE one = 1";

    private final JdbcClient jdbc;
    private final Dialect dialect;

    EmbedderLock(JdbcClient jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /** Prevents a switch of the embedder until the end of the transaction. */
    public void lockShared() {
        lock(dialect.forShare());
    }

    /** Prevents commits of documents until the end of the transaction. */
    public void lockExclusively() {
        lock(dialect.forUpdate());
    }

    private void lock(String suffix) {
        if (!suffix.isEmpty()) {
            jdbc.sql(ROW + suffix).query(Long.class).single();
        }
    }
}
