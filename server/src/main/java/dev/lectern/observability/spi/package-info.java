/**
 * Interfaces for health checks and circuit breakers, the context of log lines, and the threads that carry it. Every module may use it.
 */
@NullMarked
@NamedInterface("spi")
package dev.lectern.observability.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
