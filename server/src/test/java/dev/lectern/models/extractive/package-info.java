/**
 * Tests of the module's sub-package. Fakes are written by hand.
 */
@NullMarked
package dev.lectern.models.extractive;

import org.jspecify.annotations.NullMarked;
