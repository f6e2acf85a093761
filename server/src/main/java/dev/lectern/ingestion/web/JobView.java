package dev.lectern.ingestion.web;

import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.QueuePause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. */
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
        @Nullable PauseView paused,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    record Counts(int total, int done, int failed) {}

    record Passages(long done) {}

    /**
     * Why the documents wait; they are read when the service is back.
     *
     * @param service {@code embedder}, {@code index}, {@code originals} or {@code database}
     * @param code of the failure, such as {@code model_unavailable}
     * @param reason a sentence for readers; the cause is in {@code /health}
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
                new Passages(progress.passages()),
                Math.round(progress.rate() * 10) / 10.0,
                remaining == null ? null : remaining.toSeconds(),
                job.pause() == null ? null : describe(job.pause()),
                job.createdAt(),
                job.finishedAt());
    }

    private static PauseView describe(QueuePause pause) {
        return new PauseView(
                pause.service().text(), pause.code(), pause.service().describeAbsence(), pause.since());
    }
}
