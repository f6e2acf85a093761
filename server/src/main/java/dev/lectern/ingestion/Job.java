package dev.lectern.ingestion;

import dev.lectern.library.DocumentProgress;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
     * @param passages of the documents that are done, and those of documents in work that have an embedding
     * @param totalPassages of all documents; null until each of them has been read and split
     * @param rate passages embedded a second, over the last seconds; 0 when nothing was embedded in them
     * @param remaining an estimate; null while there is nothing to estimate from
     * @param running documents that are being worked on, those with the most passages to embed first; a few of them when there are many
     */
    public record Progress(
            int total,
            int done,
            int failed,
            int open,
            long passages,
            @Nullable Long totalPassages,
            double rate,
            @Nullable Duration remaining,
            List<RunningDocument> running) {
        public Progress {
            running = List.copyOf(running);
        }
    }

    /** A document of a job that is being worked on. */
    public record RunningDocument(DocumentId document, String title, DocumentProgress progress) {}
}
