package dev.lectern.models;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which embedder the library is searched with; implemented by who knows the library. */
public interface EmbedderInForce {

    /** At this moment, on any node; empty while nothing is there to search. Cheap: for every question. */
    Optional<InForce> now();

    /**
     * @param fingerprintId of its fingerprint
     * @param name as {@code LECTERN_EMBEDDER} takes it; null while it is the configured one
     */
    record InForce(String fingerprintId, @Nullable String name) {}
}
