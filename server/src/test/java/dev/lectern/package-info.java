/**
 * Tests of the structure as a whole. Each module's own tests live in its package.
 */
@NullMarked
package dev.lectern;

import org.jspecify.annotations.NullMarked;
