package dev.lectern.ingestion;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ingestion work that is stored until it ends.
 *
 * @param source null unless it scans one
 * @param caller who started it; null for jobs of earlier versions, and for callers that only a later version knows
 * @param reasonCode why it failed, for machines, in lower case; null unless it failed
 * @param reason a sentence that says what to do; null when there is none
 * @param progress at this moment
 * @param pause why its documents wait; null when they do not, and when the job is final
 */
public record Job(
        JobId id,
        CollectionId collection,
        @Nullable SourceId source,
        @Nullable Caller caller,
        JobStatus status,
        @Nullable String reasonCode,
        @Nullable String reason,
        Progress progress,
        @Nullable QueuePause pause,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /**
     * The progress of a job.
     *
     * @param total documents found so far; grows while a folder is scanned
     * @param done documents that are committed
     * @param failed documents that could not be ingested
     * @param open documents that are queued or running
     * @param passages of the documents that are done
     * @param rate passages a second, over the last seconds; 0 when nothing was finished in them
     * @param remaining an estimate; null while there is nothing to estimate from
     */
    public record Progress(
            int total,
            int done,
            int failed,
            int open,
            long passages,
            double rate,
            @Nullable Duration remaining) {}
}
