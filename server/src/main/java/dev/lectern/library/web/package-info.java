/**
 * The library over HTTP: collections, documents and the consistency check. Every method checks which collections the caller may read.
 */
@NullMarked
package dev.lectern.library.web;

import org.jspecify.annotations.NullMarked;
