/**
 * How documents get in: sources, jobs, parsing, passages and their embeddings. Every step can be killed and repeated.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "text",
            "storage",
            "http",
            "security",
            "models",
            "library",
            "backup::spi",
            "observability::spi"
        })
package dev.lectern.ingestion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
