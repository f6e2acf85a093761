/**
 * Health and metrics over HTTP. Module internals; nobody calls them.
 */
@NullMarked
package dev.lectern.observability.web;

import org.jspecify.annotations.NullMarked;
