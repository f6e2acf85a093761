/**
 * What is set at the HTTP server itself, below the servlets: limits on slow bodies and on waiting connections, and problem responses for requests that never
 * reach a filter.
 */
@NullMarked
package dev.lectern.http.jetty;

import org.jspecify.annotations.NullMarked;
