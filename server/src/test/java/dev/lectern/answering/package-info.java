/**
 * Tests of answering, and the doubles that they share. Models and modules below are doubles written by hand.
 */
@NullMarked
package dev.lectern.answering;

import org.jspecify.annotations.NullMarked;
