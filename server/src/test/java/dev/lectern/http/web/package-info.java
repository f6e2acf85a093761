/** Handlers of failures. */
@NullMarked
package dev.lectern.http.web;

import org.jspecify.annotations.NullMarked;
