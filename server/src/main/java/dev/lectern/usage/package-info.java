/**
 * The ledger of model calls: their tokens, outcomes and cost. Only the metering decorator of the models module writes to it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "backup::spi", "observability::spi"})
package dev.lectern.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
