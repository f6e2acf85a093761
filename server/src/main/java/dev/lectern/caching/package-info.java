/**
 * Caches with a TTL, a size limit and single flight, and the token buckets of quotas, in process or shared through Redis. The module owns the connection to
 * Redis; without it, each node uses its in-process caches and buckets.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "backup::spi", "observability::spi"})
package dev.lectern.caching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
