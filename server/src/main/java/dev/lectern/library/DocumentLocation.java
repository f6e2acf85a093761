package dev.lectern.library;

import dev.lectern.shared.SourceId;

/**
 * Where a document was found.
 *
 * @param path within the source, with {@code /} between folders
 * @param uri for people
 */
public record DocumentLocation(SourceId source, String path, String uri) {}
