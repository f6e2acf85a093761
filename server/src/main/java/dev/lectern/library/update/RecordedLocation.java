package dev.lectern.library.update;

import dev.lectern.shared.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * A location as the last scan recorded it.
 *
 * @param hash of the bytes
 * @param document null when a person deleted the document
 * @param upToDate whether the bytes were processed with the present pipeline version
 */
public record RecordedLocation(
        String path,
        long bytes,
        long modifiedAt,
        String hash,
        @Nullable DocumentId document,
        boolean upToDate) {}
