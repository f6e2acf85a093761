/** Tests of the words that all modules share. */
@NullMarked
package dev.lectern.shared;

import org.jspecify.annotations.NullMarked;
