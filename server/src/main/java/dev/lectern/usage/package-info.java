/**
 * The ledger of model calls: their tokens, outcomes and cost. Only the decorators of the models module write to it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "backup::spi", "observability::spi"})
package dev.lectern.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
