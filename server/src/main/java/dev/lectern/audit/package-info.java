/**
 * The audit log: who changed what, when and from where, as a chain of hashes that shows later changes. Modules record their changes in the transaction that
 * makes them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "http", "backup::spi", "observability::spi"})
package dev.lectern.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
