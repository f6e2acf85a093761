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
 * What changes a collection's content has its lock from the beginning of the transaction to its end, so that nothing is decided on what another changes
 * meanwhile. Documents are locked after it and in the order of their ids, by whoever locks several, so that no two wait for each other. SQLite has one
 * writer at a time and needs none of it.
 */
@Component
class CollectionLock {
    private final JdbcClient jdbc;
    private final Dialect dialect;

    CollectionLock(JdbcClient jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /** In a transaction. False when there is no such collection. */
    boolean take(CollectionId collection) {
        return take(collection.value());
    }

    /** In a transaction. Those that are no longer there are left out. */
    void take(Collection<CollectionId> collections) {
        new TreeSet<>(collections.stream().map(CollectionId::value).toList()).forEach(this::take);
    }

    /** In a transaction: these documents, before they are changed in any order. */
    void takeDocuments(Collection<DocumentId> documents) {
        if (dialect == Dialect.SQLITE) {
            return;
        }
        List<String> inOrder =
                documents.stream().map(DocumentId::value).distinct().sorted().toList();
        for (List<String> some : Sql.chunks(inOrder, Sql.CHUNK)) {
            jdbc.sql("SELECT id FROM document WHERE id IN (" + Sql.marks(some.size()) + ") ORDER BY id"
                            + dialect.forUpdate())
                    .params(some)
                    .query(String.class)
                    .list();
        }
    }

    private boolean take(String collection) {
        return jdbc.sql("SELECT id FROM collection WHERE id = ?" + dialect.forUpdate())
                .param(collection)
                .query(String.class)
                .optional()
                .isPresent();
    }
}
