/**
 * Embedders and chat models behind two ports. Retry, limits, metering and caching are decorators around them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "text", "storage", "usage", "caching", "observability::spi"})
package dev.lectern.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
