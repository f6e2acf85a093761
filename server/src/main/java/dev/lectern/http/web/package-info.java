/**
 * The filters that every request passes and the one place where errors become problems. Module internals; nobody calls them.
 */
@NullMarked
package dev.lectern.http.web;

import org.jspecify.annotations.NullMarked;
