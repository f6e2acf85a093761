package dev.lectern.library.catalog;

import dev.lectern.http.EntityTag;
import dev.lectern.library.ConditionalChanges;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.shared.CollectionId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares and changes while the collection is locked in the database, so that no other node changes it between. */
@Component
class LockingConditionalChanges implements ConditionalChanges {
    private final TransactionTemplate transactions;
    private final CollectionLock lock;

    LockingConditionalChanges(TransactionTemplate transactions, CollectionLock lock) {
        this.transactions = transactions;
        this.lock = lock;
    }

    @Override
    public void change(CollectionId collection, @Nullable String ifMatch, Supplier<String> entityTag, Runnable change) {
        if (ifMatch == null) {
            change.run();
            return;
        }
        transactions.executeWithoutResult(status -> {
            lock.lock(collection);
            EntityTag.requireMatch(ifMatch, entityTag.get());
            change.run();
        });
    }
}
