package dev.lectern.library.update;

import dev.lectern.shared.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * The result of registering an incoming document.
 *
 * @param document the document that has the bytes; of a refused one the document that is there; null when a person deleted the document of this location,
 *     which a scan does not restore
 * @param path of its location
 * @param needsProcessing whether its text has to be read
 */
public record RegistrationResult(@Nullable DocumentId document, String path, Outcome outcome, boolean needsProcessing) {

    /** What became of the incoming bytes. */
    public enum Outcome {
        /** They are a new document. */
        ADDED,
        /** They are a new document under a free name beside the document of their location. */
        RENAMED,
        /** They are the next version of the document of their location. */
        REPLACED,
        /** The collection had the same bytes before. */
        EXISTING,
        /** The location has a document with other bytes, which stays. The incoming bytes were dropped. */
        REFUSED,
        /** A person deleted the document of this location, and its bytes are still the same. */
        IGNORED
    }

    /** Whether the collection had the same bytes before. */
    public boolean existing() {
        return outcome == Outcome.EXISTING;
    }
}
