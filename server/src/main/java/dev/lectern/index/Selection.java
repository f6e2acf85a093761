package dev.lectern.index;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;

/** Passages to delete. */
public sealed interface Selection {
    /** Every passage of a collection. */
    record OfCollection(CollectionId collection) implements Selection {}

    /** Every passage of every version of a document. */
    record OfDocument(DocumentId document) implements Selection {}

    /** The passages of the versions of a document before {@code version}. */
    record OfVersionsBefore(DocumentId document, int version) implements Selection {}

    /** The passages of one version of a document, such as one that was written and never shown. */
    record OfVersion(DocumentId document, int version) implements Selection {}
}
