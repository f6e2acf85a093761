package dev.lectern.library.update;

import dev.lectern.shared.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * The result of registering an incoming document.
 *
 * @param document null when a person deleted the document of this location, which a scan does not restore
 * @param needsProcessing whether its text has to be read
 * @param existing whether the collection had the same bytes before
 */
public record RegistrationResult(@Nullable DocumentId document, boolean needsProcessing, boolean existing) {}
