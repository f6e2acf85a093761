package dev.lectern.caching;

import dev.lectern.caching.redis.RedisUrl;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cache that all nodes share.
 *
 * @param redisUrl Address of the Redis server for the shared cache, redis://user:password@host:6379/0 or rediss:// with TLS. Without one, each node only uses its own in-process cache.
 */
@ConfigurationProperties("lectern")
record CachingProperties(@DefaultValue("") RedisUrl redisUrl) {}
