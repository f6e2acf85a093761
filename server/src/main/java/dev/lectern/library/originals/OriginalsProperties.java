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
 * @param folder Directory that all nodes share, instead of one in the data folder
 * @param bucket Existing bucket of S3-compatible storage, instead of a directory
 * @param prefix Prefix of the object names in the bucket, as lectern/
 * @param endpoint URL of the storage, as https://s3.example.org; the default is AWS in the region
 * @param region Region of the storage
 * @param accessKey Id of the access key, which needs permission to read, write and delete objects and to list the bucket
 * @param secretKey Secret of the access key
 * @param pathStyle Whether URLs contain the bucket in their path, which most storage other than AWS requires
 * @param timeout Maximum time without a response of the storage, as 30s; after it the attempt fails
 * @param cache Maximum size of the originals that a node caches in its data folder, as 1GB; beyond it the least recently used are evicted
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
