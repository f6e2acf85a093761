package dev.lectern.caching;

import dev.lectern.caching.redis.RedisUrl;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where nodes share what they keep for a while.
 *
 * @param redisUrl {@code redis://user:password@host:6379/0}, or {@code rediss://} with TLS; none when empty, then each process keeps its own
 */
@ConfigurationProperties("lectern")
record CachingProperties(@DefaultValue("") RedisUrl redisUrl) {}
