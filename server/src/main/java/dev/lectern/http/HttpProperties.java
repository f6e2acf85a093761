package dev.lectern.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and intervals of the HTTP server.
 *
 * @param maxBody Maximum size of a request body other than an upload, as 1MB. A larger request is refused with 413.
 * @param maxUpload Maximum total size of one upload request, as 512MB. A larger upload is refused with 413.
 * @param commentEvery Maximum time without data on an event stream, as 15s. After it a comment line is sent, so that proxies do not
 *     close the connection.
 * @param idempotencyKept Time for which the response to a request with an Idempotency-Key is stored, as 24h. A repeated request within it
 *     gets the stored response; a later one runs again.
 */
@ConfigurationProperties("lectern.http")
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("512MB") DataSize maxUpload,
        @DefaultValue("15s") Duration commentEvery,
        @DefaultValue("24h") Duration idempotencyKept) {}
