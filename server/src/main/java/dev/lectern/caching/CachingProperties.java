package dev.lectern.caching;

import dev.lectern.caching.redis.RedisUrl;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where nodes share what they keep for a while.
 *
 * @param redisUrl Address of Redis for caches that all nodes share: {@code redis://user:password@host:6379/0}, or {@code
 *     rediss://} for TLS. When empty, each process has its own caches.
 */
@ConfigurationProperties("lectern")
record CachingProperties(@DefaultValue("") RedisUrl redisUrl) {}
