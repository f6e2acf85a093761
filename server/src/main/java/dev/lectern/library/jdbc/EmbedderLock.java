package dev.lectern.library.jdbc;

import dev.lectern.storage.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps who shows documents and who switches the embedder apart, also when the documents' collections are no one's yet. It is taken before any
 * collection's lock.
 */
@Component
class EmbedderLock {
    private static final String ROW = "SELECT one FROM embedder_lock WHERE one = 1";

    private final JdbcClient jdbc;
    private final Dialect dialect;

    EmbedderLock(JdbcClient jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /** In a transaction: nobody switches until it ends. */
    void share() {
        take(dialect.forShare());
    }

    /** In a transaction: nobody shows a document until it ends. */
    void alone() {
        take(dialect.forUpdate());
    }

    private void take(String how) {
        if (!how.isEmpty()) {
            jdbc.sql(ROW + how).query(Long.class).single();
        }
    }
}
