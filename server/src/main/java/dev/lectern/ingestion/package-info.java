/**
 * Ingestion of documents: sources and uploads become jobs, whose documents are parsed, split into passages, embedded and committed. This package is the
 * door of the module; every step behind it can be killed and repeated.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "text",
            "storage",
            "http",
            "audit",
            "security",
            "models",
            "library",
            "library::update",
            "library::embedders",
            "library::consistency",
            "backup::spi",
            "observability::spi"
        })
package dev.lectern.ingestion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
