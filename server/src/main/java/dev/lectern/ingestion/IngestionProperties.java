package dev.lectern.ingestion;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of ingestion.
 *
 * @param enabled Whether this node works on documents (reading, embedding, scanning). While no node does, uploads stay queued.
 * @param maxFile Maximum size of one file, as 2GB. A larger file of a folder fails with its reason; uploads are also limited by
 *     LECTERN_HTTP_MAX_UPLOAD.
 * @param maxUploadFiles Maximum number of files in one upload request. A request with more is refused.
 * @param maxFolderFiles Maximum number of files in one folder source. A scan that finds more fails.
 * @param documentsAtOnce Number of documents that are read, split and embedded at the same time. More keep the cores busy and need more memory.
 * @param batchDocuments Maximum number of documents in one commit. A full batch is committed at once.
 * @param batchPassages Number of passages after which a batch is committed.
 * @param batchTime Maximum time before a batch is committed, as 2s.
 * @param parseTime Maximum time to read one document, as 10m, including the wait for a parser process. A longer attempt fails and is retried.
 * @param embedTime Maximum time to embed sixteen passages, as 5m, including the wait for the model. A longer attempt fails and is retried.
 * @param attempts Maximum number of attempts for a document whose failure may pass, such as an unreachable model. After the last attempt the document
 *     fails.
 * @param firstBackOff Wait before the second attempt, as 2s. It doubles with each attempt, up to five minutes.
 * @param rescan Time between two scans of a watched folder, as 10m. These scans find the changes that the watcher missed.
 * @param settle Quiet time after a change in a folder before it is scanned, as 700ms.
 * @param keepJobs Number of finished jobs that stay in the list of jobs. Older ones are deleted.
 * @param ignore Patterns of files that no folder source reads, in the syntax of {@code .lecternignore}.
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
        @DefaultValue("10m") Duration rescan,
        @DefaultValue("700ms") Duration settle,
        @DefaultValue("200") int keepJobs,

        @DefaultValue({
            ".*",
            "node_modules/",
            "lectern-data/",
            "__pycache__/",
            "~$*",
            "*.tmp",
            "*.part",
            "*.crdownload",
            "Thumbs.db",
            "desktop.ini"
        })
        List<String> ignore) {}
