/** The contract kit of PassageIndex and tests of how indexes are opened. Every adapter runs the kit in its own package. */
@NullMarked
package dev.lectern.index;

import org.jspecify.annotations.NullMarked;
