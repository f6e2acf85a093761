/**
 * What operators see of the running server: health, metrics and the format of the log. Each module owns its meters and health checks.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.lectern.observability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
