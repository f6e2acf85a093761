/** The tests of the audit log, and a log for tests of other modules. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "http", "backup::spi", "observability::spi"})
package dev.lectern.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
