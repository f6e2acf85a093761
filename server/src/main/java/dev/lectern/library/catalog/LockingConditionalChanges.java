package dev.lectern.library.catalog;

import dev.lectern.http.EntityTag;
import dev.lectern.library.ConditionalChanges;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares and changes while the collection is locked in the database, so that no other node changes it between. */
@Component
class LockingConditionalChanges implements ConditionalChanges {
    private final LibraryCollections collections;
    private final TransactionTemplate transactions;
    private final CollectionLock lock;

    LockingConditionalChanges(LibraryCollections collections, TransactionTemplate transactions, CollectionLock lock) {
        this.collections = collections;
        this.transactions = transactions;
        this.lock = lock;
    }

    @Override
    public void change(
            Caller caller,
            CollectionId collection,
            @Nullable String ifMatch,
            Supplier<String> entityTag,
            Runnable change) {
        WritableCollection writable = collections.writableBy(caller, collection);
        if (ifMatch == null) {
            change.run();
            return;
        }
        transactions.executeWithoutResult(status -> {
            lock.lock(writable.id());
            EntityTag.requireMatch(ifMatch, entityTag.get());
            change.run();
        });
    }
}
