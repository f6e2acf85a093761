package dev.lectern.library.originals;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Secret;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Storage of the original bytes of documents. Without a folder and a bucket they are in the data folder.
 *
 * @param folder Directory for original files that all nodes share. When empty, originals are stored in the data folder or in the
 *     bucket.
 * @param bucket Existing bucket of S3-compatible storage for original files, used instead of a directory. When empty, no bucket
 *     is used.
 * @param prefix Prefix of all object names in the bucket, such as lectern/.
 * @param endpoint Address of the S3-compatible storage, such as https://s3.example.org. When empty, the Amazon S3 endpoint of the
 *     region is used.
 * @param region Region of the bucket, as the storage names it.
 * @param accessKey Id of the access key, which needs permission to read, write and delete objects and to list the bucket.
 * @param secretKey Secret of the access key.
 * @param pathStyle Whether the bucket name is part of the path (true) or of the host name (false) in storage addresses. Most
 *     storage other than Amazon S3 requires true.
 * @param timeout Maximum time for one call of the storage, as 30s. A longer call is cancelled and reported as unavailable.
 * @param cache Maximum size of the local cache of originals in the data folder, as 1GB. Beyond it the least recently used files
 *     are removed.
 */
@ConfigurationProperties("lectern.originals")
record OriginalsProperties(
        @DefaultValue("") String folder,
        @DefaultValue("") String bucket,
        @DefaultValue("") String prefix,
        @DefaultValue("") String endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String accessKey,
        @DefaultValue("") Secret secretKey,
        @DefaultValue("true") boolean pathStyle,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("1GB") DataSize cache) {

    /** @throws LecternException INVALID_REQUEST when both are set */
    void requireSingleStore() {
        if (!folder.isBlank() && !bucket.isBlank()) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "LECTERN_ORIGINALS_FOLDER and LECTERN_ORIGINALS_BUCKET are both set. Remove one of them.");
        }
    }

    boolean isInDataFolder() {
        return folder.isBlank() && bucket.isBlank();
    }
}
