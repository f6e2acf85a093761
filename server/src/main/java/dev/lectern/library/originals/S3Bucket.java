package dev.lectern.library.originals;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of S3-compatible storage with originals by their hash. A call is attempted three times; it fails when the storage does not respond within the time-out,
 * or after ten minutes in all. The client uses only the settings: it reads no profile and calls no metadata service.
 */
final class S3Bucket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(S3Bucket.class);
    private static final Duration MAX_CALL_TIME = Duration.ofMinutes(10);
    private static final int ATTEMPTS = 3;
    /** Objects with other names do not belong to the originals. */
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    S3Bucket(OriginalsProperties properties) {
        this.bucket = properties.bucket();
        this.prefix = properties.prefix();
        this.client = client(properties);
    }

    private static S3Client client(OriginalsProperties properties) {
        properties.requireSingleStore();
        ProfileFile emptyProfile = ProfileFile.builder()
                .content(InputStream.nullInputStream())
                .type(ProfileFile.Type.CONFIGURATION)
                .build();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(properties.timeout())
                        .socketTimeout(properties.timeout()))
                .region(Region.of(properties.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        properties.accessKey(), properties.secretKey().reveal())))
                .forcePathStyle(properties.pathStyle())
                // Other storage products do not support the newer checksums of AWS.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(settings -> settings.defaultProfileFile(emptyProfile)
                        .apiCallTimeout(MAX_CALL_TIME)
                        .retryStrategy(retries -> retries.maxAttempts(ATTEMPTS)));
        if (!properties.endpoint().isBlank()) {
            builder.endpointOverride(properties.endpointAddress());
        }
        return builder.build();
    }

    boolean has(String hash) {
        return call(() -> {
            try {
                client.headObject(head -> head.bucket(bucket).key(prefix + hash));
                return true;
            } catch (NoSuchKeyException notThere) {
                return false;
            }
        });
    }

    /** Durable when it returns. */
    void put(String hash, Path file) {
        call(() -> client.putObject(put -> put.bucket(bucket).key(prefix + hash), RequestBody.fromFile(file)));
    }

    /** The bytes, closed by the caller; null when the object does not exist. */
    @Nullable InputStream get(String hash) {
        return call(() -> {
            try {
                return client.getObject(get -> get.bucket(bucket).key(prefix + hash));
            } catch (NoSuchKeyException notThere) {
                return null;
            }
        });
    }

    void delete(String hash) {
        call(() -> client.deleteObject(delete -> delete.bucket(bucket).key(prefix + hash)));
    }

    void forEach(Consumer<String> action) {
        call(() -> {
            client.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                    .map(object -> object.key().substring(prefix.length()))
                    .filter(name -> HASH.matcher(name).matches())
                    .forEach(action);
            return true;
        });
    }

    void check() {
        call(() -> client.headBucket(head -> head.bucket(bucket)));
    }

    /** Writes, reads, lists and deletes a test object, so that missing permissions show early. */
    void testPermissions() {
        String key = prefix + "doctor-test-" + UUID.randomUUID();
        call(() -> {
            client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("Lectern"));
            client.getObjectAsBytes(get -> get.bucket(bucket).key(key));
            client.listObjectsV2(list -> list.bucket(bucket).prefix(key));
            return client.deleteObject(delete -> delete.bucket(bucket).key(key));
        });
    }

    private <T extends @Nullable Object> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping.", e);
            }
            log.warn("The S3 storage of the originals failed: {}", e.getMessage());
            throw explain(e);
        }
    }

    private static LecternException explain(SdkException e) {
        int status = e instanceof S3Exception refused ? refused.statusCode() : 0;
        if (e instanceof NoSuchBucketException || status == NOT_FOUND) {
            return LecternException.forOperator(
                    ErrorCode.ORIGINALS_UNAVAILABLE,
                    "The bucket of the originals does not exist.",
                    "Create the bucket in LECTERN_ORIGINALS_BUCKET, or correct the name.",
                    e);
        }
        return status == FORBIDDEN
                ? LecternException.forOperator(
                        ErrorCode.ORIGINALS_UNAVAILABLE,
                        "The storage of the originals denied access.",
                        "Check LECTERN_ORIGINALS_ACCESS_KEY, LECTERN_ORIGINALS_SECRET_KEY and the permissions of the"
                                + " key.",
                        e)
                : LecternException.forOperator(
                        ErrorCode.ORIGINALS_UNAVAILABLE,
                        "The storage of the originals failed.",
                        "Check LECTERN_ORIGINALS_ENDPOINT and the storage; the log has the details.",
                        e);
    }

    @Override
    public void close() {
        client.close();
    }
}
