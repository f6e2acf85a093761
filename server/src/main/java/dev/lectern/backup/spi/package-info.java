/**
 * What every owner of state implements, so that all of it can be carried elsewhere. Everyone may use it.
 */
@NullMarked
@NamedInterface("spi")
package dev.lectern.backup.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
