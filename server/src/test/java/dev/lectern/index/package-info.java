/** The contract tests of PassageIndex, which every adapter runs in its own package, and tests of how indexes are opened. */
@NullMarked
package dev.lectern.index;

import org.jspecify.annotations.NullMarked;
