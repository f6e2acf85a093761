package dev.lectern.ingestion;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The bounds of ingestion.
 *
 * @param enabled Whether this node runs ingestion jobs. When no node does, jobs stay queued.
 * @param maxFile Maximum size of one file, as 2GB. A larger file of a folder fails; uploads are also limited by
 *     LECTERN_HTTP_MAX_UPLOAD.
 * @param maxUploadFiles Maximum number of files of one upload request. A request with more files is refused.
 * @param maxFolderFiles Maximum number of files of one folder source. A scan that finds more fails and changes nothing.
 * @param documentsAtOnce Number of documents that are parsed, split and embedded at the same time. Higher values use more cores and more
 *     memory.
 * @param batchDocuments Maximum number of documents that are committed together.
 * @param batchPassages Number of passages after which a batch of documents is committed.
 * @param batchTime Time after which a batch of documents is committed, as 2s.
 * @param parseTime Maximum time for parsing one document including the wait for a parser process, as 10m. After it the attempt
 *     fails.
 * @param embedTime Maximum time for embedding sixteen passages including the wait for the model, as 5m. After it the attempt fails.
 * @param attempts Maximum number of attempts of a document after temporary failures, such as an unreachable model. After the last
 *     one the document fails.
 * @param firstBackOff Pause before the second attempt of a document, as 2s. The pause doubles with each further attempt, up to five
 *     minutes.
 * @param rescan Interval between full scans of a folder source, as 10m. Scans find changes that file system events missed.
 * @param settle Time without further changes in a folder before it is scanned, as 700ms.
 * @param keepJobs Number of finished jobs that are listed. Older ones are deleted.
 * @param ignore Patterns of files that folder sources ignore, separated by commas, with the syntax of {@code .lecternignore}.
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
