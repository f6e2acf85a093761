/**
 * Originals in a directory, by the hash of their bytes. Every file there is whole, for it is renamed into place.
 */
@NullMarked
package dev.lectern.library.originals;

import org.jspecify.annotations.NullMarked;
