/**
 * The data folder, locked by one process, and the database with its schema migrations. Modules above own their tables and their folders in it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "observability::spi"})
package dev.lectern.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
