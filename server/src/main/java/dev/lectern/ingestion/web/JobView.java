package dev.lectern.ingestion.web;

import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.QueuePause;
import dev.lectern.library.DocumentProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work on documents that someone asked for.
 *
 * @param sourceId the source that is scanned; absent for uploads
 * @param status {@link dev.lectern.ingestion.JobStatus}
 * @param documents how many documents it has
 * @param passages how many passages they have
 * @param rate passages embedded a second, over the last seconds
 * @param remainingSeconds an estimate; absent while there is nothing to estimate from
 * @param running at most 20 documents that are being worked on, those with the most passages to embed first
 * @param paused why its documents wait; absent while they do not
 */
record JobView(
        String id,
        String collectionId,
        @Nullable String sourceId,
        String status,
        @Nullable String code,
        @Nullable String reason,
        Counts documents,
        Passages passages,
        double rate,
        @Nullable Long remainingSeconds,
        List<RunningView> running,
        @Nullable PauseView paused,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** The documents of a job. */
    record Counts(int total, int done, int failed) {}

    /**
     * The passages of a job.
     *
     * @param done of documents that are done, and those of the others that have an embedding
     * @param total of all documents; absent until each of them has been read
     */
    record Passages(long done, @Nullable Long total) {}

    /**
     * A document that is being worked on.
     *
     * @param phase {@code reading} (or waiting for its turn), {@code embedding} or {@code storing}
     */
    record RunningView(
            String documentId,
            String title,
            DocumentProgress.View.PhaseView phase,
            DocumentProgress.View.PassagesView passages,
            double rate,
            @Nullable Long remainingSeconds) {
        static RunningView of(Job.RunningDocument running) {
            DocumentProgress.View progress = running.progress().view();
            return new RunningView(
                    running.document().value(),
                    running.title(),
                    progress.phase(),
                    progress.passages(),
                    progress.rate(),
                    progress.remainingSeconds());
        }
    }

    /**
     * Why the documents wait; they are read when the service is back.
     *
     * @param service {@link dev.lectern.ingestion.RequiredService}
     * @param code of the failure, such as {@code model_unavailable}
     * @param reason a sentence for readers; the cause is in {@code /health}
     * @param since when the service was first found to be away
     */
    record PauseView(String service, String code, String reason, Instant since) {}

    static JobView of(Job job) {
        Job.Progress progress = job.progress();
        Duration remaining = progress.remaining();
        return new JobView(
                job.id().value(),
                job.collection().value(),
                job.source() == null ? null : job.source().value(),
                job.status().text(),
                job.reasonCode(),
                job.reason(),
                new Counts(progress.total(), progress.done(), progress.failed()),
                new Passages(progress.passages(), progress.totalPassages()),
                Math.round(progress.rate() * 10) / 10.0,
                remaining == null ? null : remaining.toSeconds(),
                progress.running().stream().map(RunningView::of).toList(),
                job.pause() == null ? null : describe(job.pause()),
                job.createdAt(),
                job.finishedAt());
    }

    private static PauseView describe(QueuePause pause) {
        return new PauseView(
                pause.service().text(), pause.code(), pause.service().describeAbsence(), pause.since());
    }
}
