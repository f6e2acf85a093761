package dev.lectern.index;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ReadableCollections;
import java.util.Set;

/**
 * What is searched.
 *
 * @param collections only passages of these are found
 * @param documents only passages of these are found; empty means all of the collections
 */
public record Scope(ReadableCollections collections, Set<DocumentId> documents) {
    public Scope {
        documents = Set.copyOf(documents);
    }

    public static Scope of(ReadableCollections collections) {
        return new Scope(collections, Set.of());
    }
}
