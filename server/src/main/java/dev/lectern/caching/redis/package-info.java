/**
 * The connection to Redis, and values that the nodes share in it. While Redis does not answer nobody waits for it: it is asked again every few seconds
 * behind everyone's back.
 */
@NullMarked
@NamedInterface("redis")
package dev.lectern.caching.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
