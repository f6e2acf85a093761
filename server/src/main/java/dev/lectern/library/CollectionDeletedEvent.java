package dev.lectern.library;

import dev.lectern.shared.CollectionId;

/** A collection is being deleted; published in the transaction that does it. */
public record CollectionDeletedEvent(CollectionId collection) {}
