package dev.lectern.library;

import dev.lectern.shared.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * What became of an arrival.
 *
 * @param document null when the location stays away because a person deleted it
 * @param needsWork whether its text has to be read
 * @param existing whether the same bytes were in the collection before
 */
public record Registered(@Nullable DocumentId document, boolean needsWork, boolean existing) {}
