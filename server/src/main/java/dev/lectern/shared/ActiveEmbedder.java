package dev.lectern.shared;

import org.jspecify.annotations.Nullable;

/**
 * The embedder that the library is searched with.
 *
 * @param fingerprintId id of its {@link EmbedderFingerprint}
 * @param name as {@code LECTERN_EMBEDDER} takes it; null while it is the configured one
 */
public record ActiveEmbedder(String fingerprintId, @Nullable String name) {}
