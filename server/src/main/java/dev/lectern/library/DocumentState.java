package dev.lectern.library;

import org.jspecify.annotations.Nullable;

/**
 * What a citation of a document depends on.
 *
 * @param version the present version
 * @param textVersion the first version with the present text, 1 to {@code version}; a document that was read again with the same result has the same text
 * @param warning null while there is none
 */
public record DocumentState(
        int version, int textVersion, @Nullable DocumentWarning warning) {}
