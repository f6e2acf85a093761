/**
 * What the modules above implement to be seen. Everyone may use it.
 */
@NullMarked
@NamedInterface("spi")
package dev.lectern.observability.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
