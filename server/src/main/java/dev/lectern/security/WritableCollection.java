package dev.lectern.security;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;

/**
 * Proof that a caller may add, replace and delete the documents of a collection. Only {@link CollectionAccess} issues it. It holds for one request or task and
 * is not stored.
 */
public final class WritableCollection {
    private final Caller caller;
    private final CollectionId id;

    WritableCollection(Caller caller, CollectionId id) {
        this.caller = caller;
        this.id = id;
    }

    /** Whose permission it is. */
    public Caller caller() {
        return caller;
    }

    public CollectionId id() {
        return id;
    }

    @Override
    public String toString() {
        return "WritableCollection[" + caller.text() + ", " + id + "]";
    }
}
