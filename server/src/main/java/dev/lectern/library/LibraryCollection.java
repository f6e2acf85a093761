package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named set of documents that are searched together.
 *
 * @param name 1 to 80 characters
 * @param documents how many are in it, whatever their status
 * @param generation grows with every visible change to the content
 * @param createdAt null for the collection that exists from the start
 */
public record LibraryCollection(
        CollectionId id,
        String name,
        long documents,
        long generation,
        @Nullable Instant createdAt) {}
