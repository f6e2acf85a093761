/**
 * Embedders and chat models behind two ports. Retries, limits, metering and caching are decorators in models.decorators.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "text", "storage", "usage", "caching", "observability::spi"})
package dev.lectern.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
