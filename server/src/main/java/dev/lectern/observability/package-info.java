/**
 * What an operator sees of the running program: health, metrics and the format of its logs. Each module owns its own meters and its own health part.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.lectern.observability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
