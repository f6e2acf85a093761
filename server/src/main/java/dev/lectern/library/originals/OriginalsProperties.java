package dev.lectern.library.originals;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import java.net.URI;
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
 * @param timeout Maximum time for one call of the storage, as 30s, 1ms to 1h. A longer call is cancelled and reported as unavailable.
 * @param cache Maximum size of the local cache of originals in the data folder, as 1GB, 1KB to 1024TB. Beyond it the least recently used files
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
    private static final String EXAMPLE = "https://s3.example.org";
    private static final long MIN_CACHE_BYTES = 1L << 10;
    private static final long MAX_CACHE_BYTES = 1L << 50;

    OriginalsProperties {
        SettingValidator.of("lectern.originals")
                .requireKey("secret-key", secretKey)
                .requireBetween("timeout", timeout, Duration.ofMillis(1), Duration.ofHours(1))
                .requireSize("cache", cache.toBytes(), MIN_CACHE_BYTES, MAX_CACHE_BYTES);
    }

    /** @throws InvalidSettingException when both stores are set, or the settings of the bucket are not complete */
    void requireSingleStore() {
        if (!folder.isBlank() && !bucket.isBlank()) {
            throw new InvalidSettingException(
                    "LECTERN_ORIGINALS_FOLDER and LECTERN_ORIGINALS_BUCKET are both set. Remove one of them.");
        }
        if (!bucket.isBlank() && (accessKey.isBlank() || secretKey.isEmpty())) {
            throw new InvalidSettingException(
                    "LECTERN_ORIGINALS_BUCKET requires LECTERN_ORIGINALS_ACCESS_KEY and LECTERN_ORIGINALS_SECRET_KEY."
                            + " Set both.");
        }
        if (!bucket.isBlank() && region.isBlank()) {
            throw new InvalidSettingException(
                    "LECTERN_ORIGINALS_BUCKET requires LECTERN_ORIGINALS_REGION. Set it to the region of the bucket,"
                            + " such as us-east-1.");
        }
        if (!endpoint.isBlank()) {
            endpointAddress();
        }
    }

    /** @throws InvalidSettingException when the endpoint is no http or https URL */
    URI endpointAddress() {
        try {
            URI address = URI.create(endpoint.strip());
            SettingValidator.of("lectern.originals").requireHttpUrl("endpoint", address, EXAMPLE);
            return address;
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSettingException(
                    "LECTERN_ORIGINALS_ENDPOINT is not a URL. Set it to an http or https address, such as " + EXAMPLE
                            + ".");
        }
    }

    boolean isInDataFolder() {
        return folder.isBlank() && bucket.isBlank();
    }
}
