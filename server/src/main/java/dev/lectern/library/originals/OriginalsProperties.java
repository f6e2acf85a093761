package dev.lectern.library.originals;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Secret;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the bytes of documents are kept. Without a folder and a bucket they are in the data folder.
 *
 * @param folder directory that all nodes share, instead of one in the data folder
 * @param bucket of S3-compatible storage, instead of a directory; it has to be there
 * @param prefix of the names of objects in the bucket, as lectern/
 * @param endpoint address of the storage, as https://s3.example.org; without one it is Amazon's for the region
 * @param region as the storage calls it
 * @param accessKey id of the key, which has to be allowed to read, write and delete objects and to list the bucket
 * @param secretKey of the access key
 * @param pathStyle whether the bucket's name stands in the path of addresses, which most storage other than Amazon's wants
 * @param timeout without an answer after which a call to the storage is given up
 * @param cache how much of what is in the storage a node keeps in its data folder, for reading
 */
@ConfigurationProperties("lectern.originals")
public record OriginalsProperties(
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

    /** @throws LecternException INVALID_REQUEST when two are named */
    public void requireOnePlace() {
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
