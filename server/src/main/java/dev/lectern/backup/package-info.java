/**
 * The migration of a library to another database. Each module that owns state declares its tables and files through the spi.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage"})
package dev.lectern.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
