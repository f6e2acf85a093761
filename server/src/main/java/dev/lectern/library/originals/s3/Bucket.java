package dev.lectern.library.originals.s3;

import dev.lectern.library.originals.OriginalsProperties;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.InputStream;
import java.net.URI;
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
 * Objects by the hash of their bytes. Every call is tried three times and given up after a time-out without an answer, after ten minutes altogether. The
 * client reads no profile and asks no metadata service: it knows what the settings say.
 */
public final class Bucket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bucket.class);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    private static final int ATTEMPTS = 3;
    /** What else is in the bucket is not ours. */
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    public Bucket(OriginalsProperties properties) {
        this.bucket = properties.bucket();
        this.prefix = properties.prefix();
        this.client = client(properties);
    }

    private static S3Client client(OriginalsProperties properties) {
        if (properties.accessKey().isBlank() || properties.secretKey().isEmpty()) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "LECTERN_ORIGINALS_BUCKET needs LECTERN_ORIGINALS_ACCESS_KEY and LECTERN_ORIGINALS_SECRET_KEY. Set both.");
        }
        ProfileFile nothing = ProfileFile.builder()
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
                // Other makers' storage does not know Amazon's newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(settings -> settings.defaultProfileFile(nothing)
                        .apiCallTimeout(LONGEST_CALL)
                        .retryStrategy(retries -> retries.maxAttempts(ATTEMPTS)));
        if (!properties.endpoint().isBlank()) {
            builder.endpointOverride(address(properties.endpoint()));
        }
        return builder.build();
    }

    private static URI address(String endpoint) {
        try {
            URI address = URI.create(endpoint.strip());
            if (address.getHost() != null && String.valueOf(address.getScheme()).startsWith("http")) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            LOG.debug("Not an address", notAnAddress);
        }
        throw new LecternException(
                ErrorCode.INVALID_REQUEST,
                "LECTERN_ORIGINALS_ENDPOINT is not an address. Write for instance https://s3.example.org.");
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

    /** Its bytes, to be closed; null when it is not there. */
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

    /** Writes, reads, lists and deletes an object that is no original, so that missing rights show before they are needed. */
    public void tryOut() {
        String key = prefix + "tried-by-doctor-" + UUID.randomUUID();
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
            LOG.warn("The storage of the originals failed: {}", e.getMessage());
            throw new LecternException(ErrorCode.ORIGINALS_UNAVAILABLE, advice(e), e);
        }
    }

    private static String advice(SdkException e) {
        return switch (e) {
            case NoSuchBucketException gone ->
                "The bucket LECTERN_ORIGINALS_BUCKET does not exist. Make it, or correct the name.";
            case S3Exception refused
            when refused.statusCode() == NOT_FOUND ->
                "The bucket LECTERN_ORIGINALS_BUCKET does not exist. Make it, or correct the name.";
            case S3Exception refused
            when refused.statusCode() == FORBIDDEN ->
                "The storage of the originals does not allow it. Check LECTERN_ORIGINALS_ACCESS_KEY, its secret and its rights.";
            default ->
                "The storage of the originals does not answer as it should. Check LECTERN_ORIGINALS_ENDPOINT and the storage; the log says more.";
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
