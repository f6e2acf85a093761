package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named set of documents that are searched together.
 *
 * @param name 1 to 80 characters
 * @param documents number of documents of any status
 * @param searchable number of documents that have a version that can be searched, 0 to {@code documents}
 * @param pending number of documents that wait to be read for the first time or are being read; the remaining ones could not be read
 * @param generation number that grows with every visible change of the content
 * @param createdAt null for the default collection
 * @param conversationsKeptDays for how many days conversations that ask it are kept, 1 to 3,650; null for as long as the installation keeps them
 */
public record LibraryCollection(
        CollectionId id,
        String name,
        long documents,
        long searchable,
        long pending,
        long generation,
        @Nullable Instant createdAt,
        @Nullable Integer conversationsKeptDays) {}
