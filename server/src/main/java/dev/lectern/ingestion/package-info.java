/**
 * How documents get in: sources, jobs, parsing, passages and their embeddings. Every step can be killed and repeated.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "storage",
            "http",
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
