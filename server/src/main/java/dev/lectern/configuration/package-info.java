/**
 * The settings of the program: environment variables checked before anything starts, and the page that lists them. Each module's record stays beside the code that it configures.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.lectern.configuration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
