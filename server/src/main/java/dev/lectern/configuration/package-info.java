/**
 * The check of environment variables before the start, and the reference page of all settings. The properties record of each module is in that module.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.lectern.configuration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
