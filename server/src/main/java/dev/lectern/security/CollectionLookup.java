package dev.lectern.security;

import dev.lectern.shared.CollectionId;

/** Whether collections exist; the module library knows it. */
public interface CollectionLookup {
    boolean exists(CollectionId collection);
}
