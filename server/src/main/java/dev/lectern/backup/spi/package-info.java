/**
 * What every owner of state implements, so that a migration can copy all state. Every module may use it.
 */
@NullMarked
@NamedInterface("spi")
package dev.lectern.backup.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
