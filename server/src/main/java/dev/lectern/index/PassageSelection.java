package dev.lectern.index;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;

/** Selects passages for deletion. */
public sealed interface PassageSelection {
    /** Every passage of a collection. */
    record OfCollection(CollectionId collection) implements PassageSelection {}

    /** Every passage of every version of a document. */
    record OfDocument(DocumentId document) implements PassageSelection {}

    /** The passages of the versions of a document before {@code version}. */
    record OfVersionsBefore(DocumentId document, int version) implements PassageSelection {}

    /** The passages of one version of a document, such as a version that was never committed. */
    record OfVersion(DocumentId document, int version) implements PassageSelection {}
}
