package dev.lectern.security;

import dev.lectern.shared.AccessLabels;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import java.util.Set;

/**
 * Proof that a caller may read collections, and those that it wants to search. Every search requires one. Only {@link CollectionAccess} issues it. It holds for
 * one request or task and is not stored.
 */
public final class ReadableCollections {
    private final Caller caller;
    private final Set<CollectionId> ids;
    private final AccessLabels labels;

    ReadableCollections(Caller caller, Set<CollectionId> ids, AccessLabels labels) {
        this.caller = caller;
        this.ids = Set.copyOf(ids);
        this.labels = labels;
    }

    /** Whose permission it is. */
    public Caller caller() {
        return caller;
    }

    /** May be empty; a search finds nothing then. */
    public Set<CollectionId> ids() {
        return ids;
    }

    /** Which documents of the collections the caller may see. */
    public AccessLabels labels() {
        return labels;
    }

    @Override
    public String toString() {
        return "ReadableCollections[" + caller.text() + ", " + ids + "]";
    }
}
