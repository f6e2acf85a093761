package dev.lectern.index;

import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.AccessLabels;
import dev.lectern.shared.DocumentId;
import java.util.Set;

/**
 * The collections and documents that a search is restricted to. Documents that have access labels are found only with one of the caller's labels, which the
 * permission on the collections names.
 *
 * @param collections hits belong to these collections
 * @param documents hits belong to these documents; empty means every document of the collections
 * @param excluded hits do not belong to these documents; empty for most searches
 */
public record SearchScope(ReadableCollections collections, Set<DocumentId> documents, Set<DocumentId> excluded) {
    public SearchScope {
        documents = Set.copyOf(documents);
        excluded = Set.copyOf(excluded);
    }

    /** A scope without excluded documents. */
    public SearchScope(ReadableCollections collections, Set<DocumentId> documents) {
        this(collections, documents, Set.of());
    }

    /** Which documents the caller may see. */
    public AccessLabels labels() {
        return collections.labels();
    }

    public static SearchScope of(ReadableCollections collections) {
        return new SearchScope(collections, Set.of());
    }

    /** The same scope with some documents only, at least one. */
    public SearchScope within(Set<DocumentId> some) {
        return new SearchScope(collections, some, excluded);
    }

    /** The same scope without some documents. */
    public SearchScope without(Set<DocumentId> others) {
        return others.isEmpty() ? this : new SearchScope(collections, documents, others);
    }
}
