package dev.lectern.shared;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the active embedder. The library implements it and the models use it, so that neither module depends on the other. Thread-safe. */
public interface ActiveEmbedderLookup {

    /** The active embedder at this moment, the same on every node; empty before the first document was committed. Cheap enough for every question. */
    Optional<ActiveEmbedder> findActive();

    /**
     * The embedder that the library is searched with.
     *
     * @param fingerprintId id of its {@link EmbedderFingerprint}
     * @param name as {@code LECTERN_EMBEDDER} takes it; null while it is the configured one
     */
    record ActiveEmbedder(String fingerprintId, @Nullable String name) {}
}
