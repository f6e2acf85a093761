package dev.lectern.ingestion;

import dev.lectern.shared.LecternException;
import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of ingestion.
 *
 * @param enabled Whether this node works on documents (reading, embedding, scanning). While no node does, uploads stay queued.
 * @param maxFile Maximum size of one file, as 2GB, 1KB to 1TB. A larger file of a folder fails with its reason; uploads are also limited by
 *     LECTERN_HTTP_MAX_UPLOAD.
 * @param maxUploadFiles Maximum number of files in one upload request, 1 to 100000. A request with more is refused.
 * @param maxFolderFiles Maximum number of files in one folder source, 1 to 100000000. A scan that finds more fails.
 * @param documentsAtOnce Number of documents that are read, split and embedded at the same time, 1 to 1000, and two more of small uploads. More keep
 *     the cores busy and need more memory. At most half of them, and at least one, are large, with 500 passages to embed or more, so that the others do not
 *     wait for these.
 * @param batchDocuments Maximum number of documents in one commit, 1 to 100000. A full batch is committed at once.
 * @param batchPassages Number of passages after which a batch is committed, 1 to 1000000.
 * @param batchTime Maximum time before a batch is committed, as 2s, 1ms to 1h.
 * @param parseTime Maximum time to read one document, as 10m, 1ms to 1d, including the wait for a parser process. A longer attempt fails and is retried.
 * @param embedTime Maximum time to embed sixteen passages, as 5m, 1ms to 1d, including the wait for the model. A longer attempt fails and is retried.
 * @param attempts Maximum number of attempts for a document whose own failure may pass, such as a timeout while it is read, 1 to 1000. After the last attempt
 *     the document fails. While the embedder, the index, the originals or the database are away, all documents wait and no attempt is spent.
 * @param firstBackOff Wait before the second attempt, as 2s, 1ms to 1d. It doubles with each attempt, up to five minutes. Also the first pause before a
 *     service that is away is probed.
 * @param longestPause Maximum pause between two probes of a service that is away, as 1m, 1ms to 1d. The pauses double up to it. Work goes on at most this
 *     long after the service is back.
 * @param longestRetryAfter Maximum time for which a Retry-After of the embedding service is respected, as 15m, 1ms to 1d. A longer one is cut to it,
 *     but the end of a quota that the service names is waited for.
 * @param rescan Time between two scans of a watched folder, as 10m, 100ms to 30d. These scans find the changes that the watcher missed.
 * @param settle Quiet time after a change in a folder before it is scanned, as 700ms, at most 1d. A file that changed less than this time before a scan that
 *     nobody asked for is read by the next scan.
 * @param settleLimit Maximum time for which the scan of a folder, or the reading of a file, waits for quiet, as 1m, 1ms to 1d. A file that changes all the
 *     time is then read as it is, and not again before the same time has passed.
 * @param missingGrace Time after which the documents of files that are missing from a folder are deleted without a confirmation, as 7d, 1ms to 3650d. Files that
 *     are missing because the whole folder is empty or cannot be read are kept until their deletion is confirmed.
 * @param deleteAtOnce Maximum number of missing files in one scan of a folder whose documents are deleted at once, 0 to 1000000. If more are missing, or more
 *     than a tenth of a folder, their documents stay until the deletion is confirmed or LECTERN_INGESTION_MISSING_GRACE is over.
 * @param fileTime Maximum time for which a file or folder of a source may not answer, as 30s, 1ms to 1h. It counts anew with each entry of a folder and each
 *     chunk of a file. What takes longer is left out of the scan with its reason and read by a later one; after three such files the whole folder counts as
 *     not responding.
 * @param poll Time between two scans of a folder that does not report its changes, as 1m, 100ms to 30d: one on a network share, or one for which the system
 *     provides no further watch. A time above LECTERN_INGESTION_RESCAN counts as that.
 * @param maxWatchedFolders Maximum number of folders that are watched in one folder source, 0 to 10000000. A source with more is also scanned every
 *     LECTERN_INGESTION_POLL; with 0, no folder is watched and every source is scanned so.
 * @param keepJobs Number of finished jobs that stay in the list of jobs, 0 to 1000000. Older ones are deleted.
 * @param ignore Patterns of files and folders that no folder source reads, separated by commas and written as in {@code .gitignore}. They are added to the
 *     built-in ones: {@code .*}, {@code node_modules/}, {@code lectern-data/}, {@code __pycache__/}, {@code ~$*}, {@code *.tmp}, {@code *.part},
 *     {@code *.crdownload}, {@code Thumbs.db} and {@code desktop.ini}. A pattern with {@code !} before it, such as {@code !.github/}, takes in again what
 *     these leave out. A file {@code .lecternignore} in a folder has more rules for it, and decides where it has one.
 * @param gitignore Whether folder sources also leave out what the files {@code .gitignore} in them name. A rule of {@code .lecternignore} wins.
 */
@ConfigurationProperties("lectern.ingestion")
public record IngestionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("2GB") DataSize maxFile,
        @DefaultValue("500") int maxUploadFiles,
        @DefaultValue("1000000") int maxFolderFiles,
        @DefaultValue("12") int documentsAtOnce,
        @DefaultValue("64") int batchDocuments,
        @DefaultValue("1000") int batchPassages,
        @DefaultValue("2s") Duration batchTime,
        @DefaultValue("10m") Duration parseTime,
        @DefaultValue("5m") Duration embedTime,
        @DefaultValue("8") int attempts,
        @DefaultValue("2s") Duration firstBackOff,
        @DefaultValue("1m") Duration longestPause,
        @DefaultValue("15m") Duration longestRetryAfter,
        @DefaultValue("10m") Duration rescan,
        @DefaultValue("700ms") Duration settle,
        @DefaultValue("30s") Duration fileTime,
        @DefaultValue("1m") Duration settleLimit,
        @DefaultValue("1m") Duration poll,
        @DefaultValue("50000") int maxWatchedFolders,
        @DefaultValue("7d") Duration missingGrace,
        @DefaultValue("5") int deleteAtOnce,
        @DefaultValue("200") int keepJobs,
        @DefaultValue List<String> ignore,
        @DefaultValue("false") boolean gitignore) {
    private static final Duration MAX_TIME = Duration.ofDays(1);
    private static final long MIN_FILE_BYTES = 1L << 10;
    private static final long MAX_FILE_BYTES = 1L << 40;

    public IngestionProperties {
        SettingValidator.of("lectern.ingestion")
                .requireSize("max-file", maxFile.toBytes(), MIN_FILE_BYTES, MAX_FILE_BYTES)
                .requireBetween("max-upload-files", maxUploadFiles, 1, 100_000)
                .requireBetween("max-folder-files", maxFolderFiles, 1, 100_000_000)
                .requireBetween("documents-at-once", documentsAtOnce, 1, 1_000)
                .requireBetween("batch-documents", batchDocuments, 1, 100_000)
                .requireBetween("batch-passages", batchPassages, 1, 1_000_000)
                .requireBetween("batch-time", batchTime, Duration.ofMillis(1), Duration.ofHours(1))
                .requireBetween("parse-time", parseTime, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("embed-time", embedTime, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("attempts", attempts, 1, 1_000)
                .requireBetween("first-back-off", firstBackOff, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("longest-pause", longestPause, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("longest-retry-after", longestRetryAfter, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("rescan", rescan, Duration.ofMillis(100), Duration.ofDays(30))
                .requireBetween("settle", settle, Duration.ZERO, MAX_TIME)
                .requireBetween("file-time", fileTime, Duration.ofMillis(1), Duration.ofHours(1))
                .requireBetween("settle-limit", settleLimit, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("poll", poll, Duration.ofMillis(100), Duration.ofDays(30))
                .requireBetween("max-watched-folders", maxWatchedFolders, 0, 10_000_000)
                .requireBetween("missing-grace", missingGrace, Duration.ofMillis(1), Duration.ofDays(3650))
                .requireBetween("delete-at-once", deleteAtOnce, 0, 1_000_000)
                .requireBetween("keep-jobs", keepJobs, 0, 1_000_000);
    }

    /**
     * The pause before the next attempt to use a service that is away: it doubles with each failure, and is at least as long as the service asks.
     *
     * @param failures failed attempts before the last one, 0 or more
     */
    public Duration pauseAfter(int failures, RuntimeException last) {
        Duration growing = firstBackOff.multipliedBy(1L << Math.min(failures, 20));
        Duration wanted =
                last instanceof LecternException known ? known.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        Duration bounded = shorter(growing, longestPause);
        Duration respected = shorter(wanted, longestRetryAfter);
        return respected.compareTo(bounded) > 0 ? respected : bounded;
    }

    /** How long a file has to be unchanged before it counts as complete. */
    public Duration quietTime() {
        return shorter(settle, settleLimit);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
