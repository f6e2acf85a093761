/**
 * Tests of the package of the same name. Models and modules below are doubles written by hand.
 */
@NullMarked
package dev.lectern.answering.view;

import org.jspecify.annotations.NullMarked;
