package dev.lectern.library;

import dev.lectern.security.CollectionGrant;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import java.util.List;

/** The grants of a collection were replaced; published in the transaction that does it. */
public record CollectionSharedEvent(Caller caller, CollectionId collection, List<CollectionGrant> grants) {
    public CollectionSharedEvent {
        grants = List.copyOf(grants);
    }
}
