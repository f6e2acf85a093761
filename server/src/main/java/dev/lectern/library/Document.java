package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file or page of a collection.
 *
 * @param title from the content; the file name before the first version
 * @param uri address of the first location, for people: {@code folder:guides/name.pdf} or {@code upload:name.pdf}
 * @param reasonCode reason of the failure for machines, in lower case; null unless it failed
 * @param reason of the failure, a sentence that says what to do; null unless it failed
 * @param version the present version, 0 before the first
 * @param passages number of passages of the present version
 * @param mediaType detected from the content; null before the first version
 * @param size of the newest original, in bytes
 * @param hash SHA-256 of the newest original, in hexadecimal
 * @param warning about its text; null while there is none
 * @param locations its locations, 1 or more; empty in results of a list
 * @param notices what the reader of its present version left out
 * @param metadata what its present version says about itself, by keys in lower case, such as {@code author}; the keys in the order of the alphabet
 * @param tags its own and those of its sources, in the order of the alphabet
 * @param inheritedTags those of {@code tags} that it has from a source
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
        @Nullable DocumentWarning warning,
        List<DocumentLocation> locations,
        List<ReadingNotice> notices,
        Map<String, List<String>> metadata,
        List<String> tags,
        List<String> inheritedTags) {
    /** Prefix of the hash of a file that could not be read and so has no real hash. */
    public static final String UNREADABLE_HASH_PREFIX = "unreadable-";

    public Document {
        locations = List.copyOf(locations);
        notices = List.copyOf(notices);
        tags = List.copyOf(tags);
        inheritedTags = List.copyOf(inheritedTags);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A document without metadata and tags. */
    public Document(
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
            @Nullable DocumentWarning warning,
            List<DocumentLocation> locations,
            List<ReadingNotice> notices) {
        this(
                id,
                collection,
                title,
                uri,
                status,
                reasonCode,
                reason,
                version,
                passages,
                mediaType,
                size,
                hash,
                createdAt,
                updatedAt,
                warning,
                locations,
                notices,
                Map.of(),
                List.of(),
                List.of());
    }

    /** The same document with its metadata and tags. */
    public Document withFields(Map<String, List<String>> found, List<String> all, List<String> inherited) {
        return copy(warning, found, all, inherited);
    }

    /** The same document with a warning about its text. */
    public Document withWarning(@Nullable DocumentWarning about) {
        return copy(about, metadata, tags, inheritedTags);
    }

    private Document copy(
            @Nullable DocumentWarning about,
            Map<String, List<String>> found,
            List<String> all,
            List<String> inherited) {
        return new Document(
                id,
                collection,
                title,
                uri,
                status,
                reasonCode,
                reason,
                version,
                passages,
                mediaType,
                size,
                hash,
                createdAt,
                updatedAt,
                about,
                locations,
                notices,
                found,
                all,
                inherited);
    }
}
