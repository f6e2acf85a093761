/**
 * State as a whole: carrying all that the program keeps from one database to another. Who owns state says what belongs to it through the spi.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage"})
package dev.lectern.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
