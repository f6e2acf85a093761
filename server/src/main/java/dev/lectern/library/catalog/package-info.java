/**
 * Reads collections, documents and passages. Its classes implement the ports in the root package of the library.
 */
@NullMarked
package dev.lectern.library.catalog;

import org.jspecify.annotations.NullMarked;
