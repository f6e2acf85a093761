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
 * @param commentEvery Maximum time without data on an event stream, as 15s, 10ms to 1h. After it a comment line is sent, so that proxies do not
 *     close the connection.
 * @param idempotencyKept Time for which the response to a request with an Idempotency-Key is stored, as 24h, at most 365d. A repeated request within it
 *     gets the stored response; a later one runs again.
 */
@ConfigurationProperties("lectern.http")
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("512MB") DataSize maxUpload,
        @DefaultValue("15s") Duration commentEvery,
        @DefaultValue("24h") Duration idempotencyKept) {
    private static final long MIN_BODY_BYTES = 1L << 10;
    private static final long MAX_BODY_BYTES = 1L << 30;
    private static final long MAX_UPLOAD_BYTES = 1L << 40;

    public HttpProperties {
        SettingValidator.of("lectern.http")
                .requireSize("max-body", maxBody.toBytes(), MIN_BODY_BYTES, MAX_BODY_BYTES)
                .requireSize("max-upload", maxUpload.toBytes(), MIN_BODY_BYTES, MAX_UPLOAD_BYTES)
                .requireBetween("comment-every", commentEvery, Duration.ofMillis(10), Duration.ofHours(1))
                .requirePositive("idempotency-kept", idempotencyKept);
    }
}
