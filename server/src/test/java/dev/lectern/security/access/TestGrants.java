package dev.lectern.security.access;

import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.SecurityMode;
import dev.lectern.storage.TestDatabase;
import java.util.concurrent.ExecutorService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Grants of tests without an application. */
public final class TestGrants {
    private TestGrants() {}

    /** Looks for changes of other nodes only after {@code start}. */
    public static AccessChanges changes(TestDatabase database, ExecutorService executor) {
        return new AccessChanges(database.jdbc(), database.transactions(), executor);
    }

    /** Those of a node that looks for the changes of others. */
    public static AccessChanges started(TestDatabase database, ExecutorService executor) {
        AccessChanges changes = changes(database, executor);
        changes.start();
        return changes;
    }

    public static CollectionGrants stored(SecurityMode mode, TestDatabase database, AccessChanges changes) {
        return new StoredCollectionGrants(new AccessProperties(mode), new GrantRepository(database.jdbc()), changes);
    }

    public static CollectionAccessPolicy policy(CollectionGrants grants) {
        return new GrantedAccessPolicy(grants);
    }

    /** Those of a server in the mode {@code open}, for an application without the module security. */
    public static CollectionGrants open(JdbcClient jdbc, TransactionTemplate transactions, ExecutorService executor) {
        return new StoredCollectionGrants(
                new AccessProperties(SecurityMode.OPEN),
                new GrantRepository(jdbc),
                new AccessChanges(jdbc, transactions, executor));
    }
}
