package dev.lectern.ingestion.web;

import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.ingestion.sources.SourceStatus;
import dev.lectern.ingestion.sources.SourceWatchState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder that a collection follows.
 *
 * @param path absolute, of a folder of the server's machine; bytes of names that are not UTF-8 are written as {@code \xE9}
 * @param kind {@code folder}
 * @param scannedAt the end of the last complete scan
 * @param state {@code ok}, {@code needs_confirmation}, {@code unavailable} or {@code not_responding}
 * @param reason what is wrong and what to do; none while the state is {@code ok}
 * @param watch how its changes are noticed
 * @param documents with a file in the source
 * @param copies files whose bytes are those of another file of the source, and which are one document with it
 * @param missing the files that the last scans did not find
 * @param findings how many files and folders the last scan did not take in, or not as they are, by kind
 * @param overlaps other folders of the collection that hold this one or lie in it
 * @param tags that all its documents have; absent while there is none
 * @param job the running scan, or else the queued one, or else the last one in the list of jobs
 */
record SourceView(
        String id,
        String collectionId,
        String kind,
        String path,
        Instant createdAt,
        @Nullable Instant scannedAt,
        String state,
        @Nullable String reason,
        WatchView watch,
        long documents,
        long copies,
        MissingView missing,
        Map<String, Long> findings,
        List<OverlapView> overlaps,
        @Nullable List<String> tags,
        @Nullable JobView job) {

    /**
     * How changes of a source are noticed.
     *
     * @param mode {@code events}, {@code polling} or {@code none}
     * @param interval longest time between two scans, in seconds; none while nothing watches the source
     * @param reason why the source does not report its changes, and what to do; none when it does
     */
    record WatchView(
            String mode, @Nullable Long interval, @Nullable String reason) {
        private static final long MILLIS = 1_000;

        static WatchView of(SourceWatchState watch) {
            long millis = watch.interval().toMillis();
            return new WatchView(
                    watch.mode().text(), millis == 0 ? null : Math.ceilDiv(millis, MILLIS), watch.reason());
        }
    }

    /**
     * Files that the last scans did not find. Their documents stay until the deletion is confirmed.
     *
     * @param since when the first of them was not found
     * @param deletedAfter when the first of them is deleted without a confirmation; none if never, since the source is away as a whole
     */
    record MissingView(
            long count, @Nullable Instant since, @Nullable Instant deletedAfter) {}

    /**
     * Another folder of the collection that holds this one or lies in it.
     *
     * @param path absolute, of the other folder
     * @param relation {@code parent} or {@code child}: whether the other folder holds this one, or lies in it
     */
    record OverlapView(String id, String path, String relation) {}

    static SourceView of(SourceStatus status, @Nullable Job job) {
        Source source = status.source();
        Map<String, Long> findings = new TreeMap<>();
        status.findings().forEach((kind, total) -> findings.put(kind.text(), total));
        return new SourceView(
                source.id().value(),
                source.collection().value(),
                source.kind(),
                source.location(),
                source.createdAt(),
                source.scannedAt(),
                status.state().text(),
                status.reason(),
                WatchView.of(source.watch()),
                status.content().documents(),
                status.content().copies(),
                new MissingView(status.content().missing(), status.content().missingSince(), status.deletedAfter()),
                findings,
                status.overlaps().stream().map(SourceView::describe).toList(),
                status.tags().isEmpty() ? null : status.tags(),
                job == null ? null : JobView.of(job));
    }

    private static OverlapView describe(SourceStatus.Overlap overlap) {
        return new OverlapView(
                overlap.source().id().value(),
                overlap.source().location(),
                overlap.relation().name().toLowerCase(Locale.ROOT));
    }
}
