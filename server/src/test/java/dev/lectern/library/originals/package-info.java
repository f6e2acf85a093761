/**
 * The contract of stores of originals, kept by each of them. Those that nodes share are opened twice.
 */
@NullMarked
@NamedInterface("originals")
package dev.lectern.library.originals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
