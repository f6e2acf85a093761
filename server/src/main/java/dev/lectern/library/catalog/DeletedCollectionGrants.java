package dev.lectern.library.catalog;

import dev.lectern.library.CollectionDeletedEvent;
import dev.lectern.security.CollectionGrants;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Forgets, in the transaction that deletes a collection, to whom it was granted. */
@Component
class DeletedCollectionGrants {
    private final CollectionGrants grants;

    DeletedCollectionGrants(CollectionGrants grants) {
        this.grants = grants;
    }

    @EventListener
    void delete(CollectionDeletedEvent event) {
        grants.delete(event.collection());
    }
}
