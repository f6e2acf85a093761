package dev.lectern.http;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and intervals of the HTTP server.
 *
 * @param maxBody Maximum size of a request body other than an upload, as 1MB, 1KB to 1GB. A larger request is refused with 413.
 * @param maxUpload Maximum total size of one upload request, as 512MB, 1KB to 1TB. A larger upload is refused with 413.
 * @param bodyTimeout Maximum time that the server waits for the body of a request, as 20s, 1s to 10m. Data that arrives extends it, see
 *     LECTERN_HTTP_MIN_BODY_RATE; a slower request is refused with 408.
 * @param minBodyRate Minimum rate of a body that takes longer than LECTERN_HTTP_BODY_TIMEOUT, in data per second, as 8KB, 1KB to 1GB. For each
 *     such amount that arrives, the server waits one second more.
 * @param headerTimeout Maximum time in which the request line and the headers of a request arrive, as 20s, 1s to 10m. A slower connection is closed.
 * @param responseTimeout Maximum time in which a client takes a piece of a response, 32 KB or less, as 45s, 1s to 10m. The connection of a slower client is
 *     closed.
 * @param maxRequests Maximum number of requests that are handled at once, open event streams included, 1 to 100000. A further one is refused with
 *     503; health and metrics are always answered.
 * @param listenBacklog Maximum number of connections that wait in the operating system until the server accepts them, 1 to 65535. A further
 *     connection is refused or reset; Linux also limits it by net.core.somaxconn.
 * @param commentEvery Maximum time without data on an event stream, as 15s, 10ms to 1h. After it a comment line is sent, so that proxies do not
 *     close the connection.
 * @param idempotencyKept Time for which the response to a request with an Idempotency-Key is stored, as 24h, at most 365d. A repeated request within it
 *     gets the stored response; a later one runs again. Expired responses are deleted within a minute.
 */
@ConfigurationProperties("lectern.http")
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("512MB") DataSize maxUpload,
        @DefaultValue("20s") Duration bodyTimeout,
        @DefaultValue("8KB") DataSize minBodyRate,
        @DefaultValue("20s") Duration headerTimeout,
        @DefaultValue("45s") Duration responseTimeout,
        @DefaultValue("1000") int maxRequests,
        @DefaultValue("1024") int listenBacklog,
        @DefaultValue("15s") Duration commentEvery,
        @DefaultValue("24h") Duration idempotencyKept) {
    private static final long MIN_BODY_BYTES = 1L << 10;
    private static final long MAX_BODY_BYTES = 1L << 30;
    private static final long MAX_UPLOAD_BYTES = 1L << 40;
    private static final int MAX_REQUESTS = 100_000;
    private static final int MAX_BACKLOG = 65_535;

    public HttpProperties {
        SettingValidator.of("lectern.http")
                .requireSize("max-body", maxBody.toBytes(), MIN_BODY_BYTES, MAX_BODY_BYTES)
                .requireSize("max-upload", maxUpload.toBytes(), MIN_BODY_BYTES, MAX_UPLOAD_BYTES)
                .requireBetween("body-timeout", bodyTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10))
                .requireSize("min-body-rate", minBodyRate.toBytes(), MIN_BODY_BYTES, MAX_BODY_BYTES)
                .requireBetween("header-timeout", headerTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10))
                .requireBetween("response-timeout", responseTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10))
                .requireBetween("max-requests", maxRequests, 1, MAX_REQUESTS)
                .requireBetween("listen-backlog", listenBacklog, 1, MAX_BACKLOG)
                .requireBetween("comment-every", commentEvery, Duration.ofMillis(10), Duration.ofHours(1))
                .requirePositive("idempotency-kept", idempotencyKept);
    }
}
