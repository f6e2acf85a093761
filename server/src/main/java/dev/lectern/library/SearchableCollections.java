package dev.lectern.library;

import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.CollectionId;
import java.util.Map;

/**
 * The collections of a search with their generations, from one read.
 *
 * @param generations of all collections of {@code readable}
 */
public record SearchableCollections(ReadableCollections readable, Map<CollectionId, Long> generations) {
    public SearchableCollections {
        generations = Map.copyOf(generations);
    }
}
