/**
 * Embedders and chat models behind two ports. Retry, limits and metering are decorators around them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "usage", "observability::spi"})
package dev.lectern.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
