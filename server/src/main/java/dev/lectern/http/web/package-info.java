/**
 * Servlet filters, the translation of exceptions into problem responses, and the handlers for static files. Module internals; no other module uses them.
 */
@NullMarked
package dev.lectern.http.web;

import org.jspecify.annotations.NullMarked;
