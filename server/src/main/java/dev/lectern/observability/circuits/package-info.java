/**
 * Circuit breakers, implemented with Resilience4j. No other package uses that library.
 */
@NullMarked
package dev.lectern.observability.circuits;

import org.jspecify.annotations.NullMarked;
