package dev.lectern.ingestion.jobs;

import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.LogContext.Field;
import dev.lectern.shared.Caller;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The work on one document of a job, claimed by this node.
 *
 * @param attempts failed attempts before this one
 * @param large whether its document is known to take long
 * @param caller who started the job; null for jobs of earlier versions
 */
public record Task(
        String id,
        JobId job,
        DocumentId document,
        int attempts,
        boolean large,
        @Nullable Caller caller) {
    /** The code of a document whose task was cancelled. */
    public static final String CANCELLED = "cancelled";

    /** The reason of a document whose task was cancelled. */
    public static final String CANCELLED_REASON = "Cancelled before the document was read. Retry the job to read it.";

    /** The context of the log lines of this task, on whatever thread. */
    public LogContext logContext() {
        return LogContext.EMPTY.with(Field.JOB, job.value()).with(Field.DOCUMENT, document.value());
    }

    /** The context of the log lines of a batch. */
    public static LogContext logContext(Collection<Task> batch) {
        return LogContext.EMPTY
                .with(Field.JOB, batch.stream().map(task -> task.job().value()).toList())
                .with(
                        Field.DOCUMENT,
                        batch.stream().map(task -> task.document().value()).toList());
    }

    /** The context of its embedding calls. */
    public ModelCallContext modelCalls() {
        return new ModelCallContext(Purpose.EMBED_PASSAGE, caller, null, job);
    }
}
