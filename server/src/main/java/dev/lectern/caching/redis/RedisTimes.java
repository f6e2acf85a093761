package dev.lectern.caching.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long Redis is waited for.
 *
 * @param timeout Maximum time for one Redis command, as 250ms. After it Redis is considered unavailable and local caches are
 *     used.
 * @param connectTimeout Maximum time to connect to Redis, as 1s. After it Redis is considered unavailable.
 * @param pause Time for which an unavailable Redis is not contacted, as 2s. After it the connection is tried again.
 */
@ConfigurationProperties("lectern.caching.redis")
public record RedisTimes(
        @DefaultValue("250ms") Duration timeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("2s") Duration pause) {}
