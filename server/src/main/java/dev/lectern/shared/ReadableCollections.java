package dev.lectern.shared;

import java.util.Set;

/**
 * The collections that a caller may read and wants searched. Every search takes one: there is no search without.
 *
 * @param ids may be empty, then nothing is found
 */
public record ReadableCollections(Set<CollectionId> ids) {
    public ReadableCollections {
        ids = Set.copyOf(ids);
    }
}
