package dev.lectern.library.update;

import dev.lectern.library.OriginalStore;
import dev.lectern.storage.Dialect;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Originals that lost a reference and are to be deleted unless a document refers to them. */
@Component
public class OriginalOutbox {
    private final JdbcClient jdbc;
    private final OriginalStore originals;
    private final Dialect dialect;
    private final TransactionTemplate transactions;

    OriginalOutbox(JdbcClient jdbc, OriginalStore originals, Dialect dialect, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.originals = originals;
        this.dialect = dialect;
        this.transactions = transactions;
    }

    /** Adds an original in the current transaction. An existing entry is locked, so that nobody checks its references before this transaction ends. */
    void add(String hash) {
        jdbc.sql("INSERT INTO original_outbox (hash) VALUES (?) ON CONFLICT (hash) DO UPDATE SET hash = excluded.hash")
                .param(hash)
                .update();
    }

    /** Removes an original in the current transaction, since it has a reference again or is deleted. */
    void remove(String hash) {
        jdbc.sql("DELETE FROM original_outbox WHERE hash = ?").param(hash).update();
    }

    /** Whether the original is to be deleted once no document refers to it. */
    public boolean contains(String hash) {
        return jdbc.sql("SELECT COUNT(*) FROM original_outbox WHERE hash = ?")
                        .param(hash)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether a document refers to the original. */
    public boolean isReferenced(String hash) {
        return jdbc.sql("SELECT COUNT(*) FROM document WHERE hash = ? OR present_hash = ?")
                        .params(hash, hash)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Deletes an original unless a document refers to it. */
    public void deleteUnreferenced(String hash) {
        if (!isReferenced(hash)) {
            transactions.executeWithoutResult(status -> {
                add(hash);
                delete(hash);
            });
        }
    }

    void execute(Collection<String> hashes) {
        hashes.forEach(hash -> transactions.executeWithoutResult(status -> delete(hash)));
    }

    void executeAll() {
        execute(Set.copyOf(
                jdbc.sql("SELECT hash FROM original_outbox").query(String.class).list()));
    }

    /**
     * Deletes an original of the outbox. A registration of the same bytes waits meanwhile, since {@link #remove} needs the same entry. Bytes that were
     * registered before this transaction locked the entry stay, whether or not they are still reserved.
     */
    private void delete(String hash) {
        jdbc.sql("SELECT hash FROM original_outbox WHERE hash = ?" + dialect.forUpdate())
                .param(hash)
                .query(String.class)
                .optional()
                .filter(unwanted -> isReferenced(hash) || originals.delete(hash, () -> !isReferenced(hash)))
                .ifPresent(this::remove);
    }
}
