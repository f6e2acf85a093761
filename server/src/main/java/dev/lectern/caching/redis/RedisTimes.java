package dev.lectern.caching.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long Redis is waited for.
 *
 * @param timeout how long one command may take, as 250ms; after it Redis counts as lost
 * @param connectTimeout how long connecting may take, as 1s
 * @param pause how long a lost Redis is left alone before it is tried again, as 2s
 */
@ConfigurationProperties("lectern.caching.redis")
public record RedisTimes(
        @DefaultValue("250ms") Duration timeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("2s") Duration pause) {}
