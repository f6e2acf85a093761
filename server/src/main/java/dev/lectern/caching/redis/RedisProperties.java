package dev.lectern.caching.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Timeouts of Redis.
 *
 * @param timeout Maximum time for one Redis command, as 250ms. After it, Redis counts as unavailable and the node uses its in-process caches.
 * @param connectTimeout Maximum time for connecting to Redis, as 1s. After it, the attempt fails.
 * @param pause Time between two attempts to reconnect to an unavailable Redis, as 2s.
 */
@ConfigurationProperties("lectern.caching.redis")
public record RedisProperties(
        @DefaultValue("250ms") Duration timeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("2s") Duration pause) {}
