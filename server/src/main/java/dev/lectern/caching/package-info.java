/**
 * One small cache port with TTL, bounds and single flight: in this process, or shared through Redis with a small part of it in this process. It owns the
 * connection to Redis, and a lost Redis makes it work alone.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "backup::spi", "observability::spi"})
package dev.lectern.caching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
