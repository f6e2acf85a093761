package dev.lectern.library.originals;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server of the S3 protocol with one bucket, started when it is first needed; each test has a prefix of its own. */
final class S3TestServer {
    static final String BUCKET = "lectern-test";

    private S3TestServer() {}

    private static final class Running {
        static final String ENDPOINT = start();
    }

    static String endpoint() {
        return Running.ENDPOINT;
    }

    static String newPrefix() {
        return UUID.randomUUID() + "/";
    }

    static OriginalsProperties properties(String prefix) {
        return properties(endpoint(), BUCKET, prefix);
    }

    static OriginalsProperties properties(String endpoint, String bucket, String prefix) {
        return new OriginalsProperties(
                "",
                bucket,
                prefix,
                endpoint,
                "us-east-1",
                "key",
                Secret.of("hunter"),
                true,
                Duration.ofSeconds(2),
                DataSize.ofMegabytes(1));
    }

    /** The maker's client, for what a test does behind the store's back. */
    static S3Client client() {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create(endpoint()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "hunter")))
                .build();
    }

    private static String start() {
        LocalS3 server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        String endpoint = "http://127.0.0.1:" + server.getPort();
        try (S3Client client = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create(endpoint))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "hunter")))
                .build()) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
        }
        return endpoint;
    }
}
