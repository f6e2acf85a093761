/**
 * Keeps index and originals consistent with the database: finding drift, repairing it, filling another index and switching to another embedder.
 */
@NullMarked
@NamedInterface("consistency")
package dev.lectern.library.consistency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
