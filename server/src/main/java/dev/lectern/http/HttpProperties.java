package dev.lectern.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and intervals of the HTTP side.
 *
 * @param maxBody the largest body of a request that is not an upload, in bytes or with a unit such as 1MB
 * @param maxUpload the largest upload, all its files together, in bytes or with a unit such as 512MB
 * @param commentEvery how long an event stream may be silent before a comment is sent, as 15s; proxies cut silent connections
 * @param idempotencyKept how long the answer to a request with an Idempotency-Key is kept and repeated, as 24h
 */
@ConfigurationProperties("lectern.http")
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("512MB") DataSize maxUpload,
        @DefaultValue("15s") Duration commentEvery,
        @DefaultValue("24h") Duration idempotencyKept) {}
