package dev.lectern.library.update;

import dev.lectern.shared.SourceId;

/**
 * What a location is known by.
 *
 * @param path within the source, with {@code /} between folders
 */
public record LocationKey(SourceId source, String path) {}
