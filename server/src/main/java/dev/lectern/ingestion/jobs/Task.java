package dev.lectern.ingestion.jobs;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;

/**
 * The work on one document of a job, claimed by this node.
 *
 * @param attempts failed attempts before this one
 */
public record Task(String id, JobId job, DocumentId document, int attempts) {
    /** The code of a document whose task was cancelled. */
    public static final String CANCELLED = "cancelled";

    /** The reason of a document whose task was cancelled. */
    public static final String CANCELLED_REASON = "Cancelled before the document was read. Retry the job to read it.";
}
