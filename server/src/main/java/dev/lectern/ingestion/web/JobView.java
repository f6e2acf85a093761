package dev.lectern.ingestion.web;

import dev.lectern.ingestion.Job;
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
        Instant createdAt,
        @Nullable Instant finishedAt) {

    record Counts(int total, int done, int failed) {}

    record Passages(long done) {}

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
                job.createdAt(),
                job.finishedAt());
    }
}
