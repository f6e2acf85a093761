/**
 * The connection to Redis, and the cache store that the nodes share in it. While Redis is unavailable no request waits for it; a background task reconnects
 * every few seconds.
 */
@NullMarked
@NamedInterface("redis")
package dev.lectern.caching.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
