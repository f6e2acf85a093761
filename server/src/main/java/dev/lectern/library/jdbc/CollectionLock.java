package dev.lectern.library.jdbc;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.storage.Dialect;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Locks collections and documents. A transaction that changes the content of a collection locks it at its beginning, so that no decision relies on rows that
 * another transaction changes. Documents are locked after collections, both in the order of their ids, which prevents deadlocks. SQLite has one writer at a
 * time and needs no locks.
 */
@Component
public class CollectionLock {
    private final JdbcClient jdbc;
    private final Dialect dialect;

    CollectionLock(JdbcClient jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /** Locks a collection until the end of the transaction. False when it does not exist. */
    public boolean lock(CollectionId collection) {
        return lock(collection.value());
    }

    /** Locks collections until the end of the transaction. Missing ones are ignored. */
    public void lock(Collection<CollectionId> collections) {
        new TreeSet<>(collections.stream().map(CollectionId::value).toList()).forEach(this::lock);
    }

    /** Locks documents until the end of the transaction, so that they can be changed in any order afterwards. */
    public void lockDocuments(Collection<DocumentId> documents) {
        if (dialect == Dialect.SQLITE) {
            return;
        }
        List<String> ids =
                documents.stream().map(DocumentId::value).distinct().sorted().toList();
        for (List<String> some : SqlParameters.split(ids)) {
            jdbc.sql("SELECT id FROM document WHERE id IN (" + SqlParameters.placeholders(some.size()) + ") ORDER BY id"
                            + dialect.forUpdate())
                    .params(some)
                    .query(String.class)
                    .list();
        }
    }

    private boolean lock(String collection) {
        return jdbc.sql("SELECT id FROM collection WHERE id = ?" + dialect.forUpdate())
                .param(collection)
                .query(String.class)
                .optional()
                .isPresent();
    }
}
