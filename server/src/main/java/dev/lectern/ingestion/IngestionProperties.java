package dev.lectern.ingestion;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The bounds of ingestion.
 *
 * @param enabled whether this node does the work, such as reading and embedding; where no node does, what is handed in waits
 * @param maxFile bytes of one file; a larger file of a folder fails with its reason; an upload is bound by LECTERN_HTTP_MAX_UPLOAD as well
 * @param maxUploadFiles files of one upload request
 * @param maxFolderFiles files of one folder source; a scan that finds more fails
 * @param documentsAtOnce documents that are read, cut and embedded at the same time; more keep the cores busy, and need memory
 * @param batchDocuments documents that are shown together at most
 * @param batchPassages passages after which a batch is shown
 * @param batchTime after which a batch is shown
 * @param parseTime for one document, with waiting for a parser
 * @param embedTime for sixteen passages, with waiting for the model
 * @param attempts of a document whose failure may pass, such as an unreachable model
 * @param firstBackOff before the second attempt; doubles with each, up to five minutes
 * @param rescan time between two scans of a folder that is watched as well, for changes that the watching missed
 * @param settle quiet time after a change in a folder before it is scanned
 * @param keepJobs finished jobs that are kept for the list
 * @param ignore patterns of files that no folder source takes in, as in {@code .lecternignore}
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
