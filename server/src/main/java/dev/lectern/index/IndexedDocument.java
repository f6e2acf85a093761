package dev.lectern.index;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;

/**
 * What the index holds of one version of a document, for comparing it with the ledger.
 *
 * @param passages how many, 1 or more
 */
public record IndexedDocument(CollectionId collection, DocumentId document, int version, int passages) {}
