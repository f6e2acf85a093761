/**
 * The in-process store, implemented with Caffeine. Each entry has its own TTL, and a limit in bytes applies to all entries together.
 */
@NullMarked
package dev.lectern.caching.caffeine;

import org.jspecify.annotations.NullMarked;
