package dev.lectern.index;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;

/**
 * The number of passages that the index holds of one document version, for comparison with the ledger.
 *
 * @param passages number of passages, 1 or more
 */
public record IndexedDocument(CollectionId collection, DocumentId document, int version, int passages) {}
