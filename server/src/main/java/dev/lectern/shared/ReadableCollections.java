package dev.lectern.shared;

import java.util.Set;

/**
 * The collections that a caller may read and wants to search. Every search requires them.
 *
 * @param ids may be empty; a search finds nothing then
 */
public record ReadableCollections(Set<CollectionId> ids) {
    public ReadableCollections {
        ids = Set.copyOf(ids);
    }
}
