package dev.lectern.ingestion;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Application event: the work on one document of a job has ended. Published once for each end, after it is stored, and not for an attempt that is followed by
 * another. Documents whose work was cancelled before it began are counted in {@link JobCompleted}.
 *
 * @param code of a failure or cancellation; null otherwise
 * @param reason sentence for people; null likewise
 * @param passages of the document, when it was processed; 0 otherwise
 * @param attempts 1 when the first attempt was the last one
 */
public record DocumentProcessed(
        JobId job,
        DocumentId document,
        Status status,
        @Nullable String code,
        @Nullable String reason,
        int passages,
        int attempts) {

    /** How the work ended. */
    public enum Status {
        DONE,
        /** The document was up to date. */
        UNCHANGED,
        FAILED,
        CANCELLED
    }
}
