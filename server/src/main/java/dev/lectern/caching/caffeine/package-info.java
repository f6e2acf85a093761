/**
 * Values in the memory of this process, kept by Caffeine. Each has its own time, and all together have a size in bytes.
 */
@NullMarked
package dev.lectern.caching.caffeine;

import org.jspecify.annotations.NullMarked;
