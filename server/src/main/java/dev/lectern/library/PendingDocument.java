package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;

/**
 * A document whose newest bytes are to be read.
 *
 * @param name the file's name, a hint for the kind of text and the title of last resort
 * @param settled whether there is nothing left to do with the present recipe
 */
public record PendingDocument(
        DocumentId id, CollectionId collection, String hash, long bytes, String name, boolean plain, boolean settled) {}
