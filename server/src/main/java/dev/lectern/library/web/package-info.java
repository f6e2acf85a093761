/**
 * The library over HTTP: collections and documents. Who may read is asked in every method.
 */
@NullMarked
package dev.lectern.library.web;

import org.jspecify.annotations.NullMarked;
