/**
 * Tests of the measures and of the reading of question sets. Expected values were worked out by hand.
 */
@NullMarked
package dev.lectern.evaluation;

import org.jspecify.annotations.NullMarked;
