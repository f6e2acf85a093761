package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file or page of a collection.
 *
 * @param title what was read from it, its file name before that
 * @param uri its first location, for people: {@code file:///…} or {@code upload:name.pdf}
 * @param reasonCode why it failed, for machines, in lower case; null unless it failed
 * @param reason why it failed, a sentence that says what to do; null unless it failed
 * @param version of the text that is shown, 0 before the first
 * @param passages of that version
 * @param mediaType what the content was found to be; null before the first version
 * @param size of the newest original, in bytes
 * @param hash SHA-256 of the newest original, in hexadecimal
 * @param locations where it was found, 1 or more; empty when it comes from a list
 */
public record Document(
        DocumentId id,
        CollectionId collection,
        String title,
        String uri,
        DocumentStatus status,
        @Nullable String reasonCode,
        @Nullable String reason,
        int version,
        int passages,
        @Nullable String mediaType,
        long size,
        String hash,
        Instant createdAt,
        Instant updatedAt,
        List<DocumentLocation> locations) {
    /** Prefix of the hash of a file that could not be read and so has no real hash. */
    public static final String UNREADABLE_HASH_PREFIX = "unreadable-";

    public Document {
        locations = List.copyOf(locations);
    }
}
