package dev.lectern.ingestion;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Application event: a job has ended. Published once for each end, after it is stored; a job that is retried ends again.
 *
 * @param callerId who started it, as {@code Caller.id()}; null for jobs of earlier versions
 * @param source null unless the job scanned one
 * @param status a final one
 * @param reasonCode code of a failed scan; null otherwise
 * @param reason sentence for people; null when the job is done
 * @param done number of documents that were processed or needed no work
 * @param failed number of documents that failed
 * @param cancelled number of documents whose work was cancelled before it began
 * @param passages of the documents that are done
 * @param age since the job was created
 */
public record JobCompleted(
        JobId job,
        CollectionId collection,
        @Nullable String callerId,
        @Nullable SourceId source,
        JobStatus status,
        @Nullable String reasonCode,
        @Nullable String reason,
        int done,
        int failed,
        int cancelled,
        long passages,
        Duration age) {}
