/**
 * Circuit breakers. Their library stops here.
 */
@NullMarked
package dev.lectern.observability.circuits;

import org.jspecify.annotations.NullMarked;
