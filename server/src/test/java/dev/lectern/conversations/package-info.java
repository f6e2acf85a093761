/**
 * Tests of conversations, on a real SQLite file. Doubles of what is above this module are written by hand.
 */
@NullMarked
package dev.lectern.conversations;

import org.jspecify.annotations.NullMarked;
