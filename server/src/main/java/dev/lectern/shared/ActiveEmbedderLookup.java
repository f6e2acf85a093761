package dev.lectern.shared;

import java.util.Optional;

/** Finds the active embedder. The library implements it and the models use it, so that neither module depends on the other. Thread-safe. */
public interface ActiveEmbedderLookup {

    /** The active embedder at this moment, the same on every node; empty before the first document was committed. Cheap enough for every question. */
    Optional<ActiveEmbedder> findActive();
}
