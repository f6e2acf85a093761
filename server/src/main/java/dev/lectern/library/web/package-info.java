/**
 * The library over HTTP: collections, documents, and whether everything agrees. Who may read is asked in every method.
 */
@NullMarked
package dev.lectern.library.web;

import org.jspecify.annotations.NullMarked;
