package dev.lectern.library.update;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;

/**
 * A document whose newest bytes are to be processed.
 *
 * @param uri address of the first location
 * @param name of the file, a hint for its format and the title if the parser finds none
 * @param upToDate whether the last attempt had the same bytes and pipeline version, so that nothing is to be done
 */
public record PendingDocument(
        DocumentId id,
        CollectionId collection,
        String hash,
        long bytes,
        String uri,
        String name,
        boolean plain,
        boolean upToDate) {}
