/**
 * Moves between real databases.
 */
@NullMarked
package dev.lectern.backup;

import org.jspecify.annotations.NullMarked;
