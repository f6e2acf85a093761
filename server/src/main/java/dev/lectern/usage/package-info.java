/**
 * What model calls cost: a ledger of tokens and outcomes. Only the metering decorator in models writes to it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "backup::spi", "observability::spi"})
package dev.lectern.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
