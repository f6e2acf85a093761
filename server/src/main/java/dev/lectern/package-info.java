/**
 * Lectern: one program, its modules one package each. The map is docs/architecture.md.
 */
@NullMarked
package dev.lectern;

import org.jspecify.annotations.NullMarked;
