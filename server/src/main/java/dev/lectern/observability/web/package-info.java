/**
 * Health and metrics over HTTP. No other package uses it.
 */
@NullMarked
package dev.lectern.observability.web;

import org.jspecify.annotations.NullMarked;
