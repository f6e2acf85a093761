package dev.lectern.ingestion.jobs;

import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.LogContext.Key;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import java.util.Collection;

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

    /** The context of the log lines of this task, on whatever thread. */
    public LogContext logContext() {
        return LogContext.EMPTY.with(Key.JOB, job.value()).with(Key.DOCUMENT, document.value());
    }

    /** The context of the log lines of a batch. */
    public static LogContext logContext(Collection<Task> batch) {
        return LogContext.EMPTY
                .with(Key.JOB, batch.stream().map(task -> task.job().value()).toList())
                .with(Key.DOCUMENT, batch.stream().map(task -> task.document().value()).toList());
    }
}
