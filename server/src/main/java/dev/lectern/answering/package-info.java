/**
 * The turn from a question to a cited answer, and the streams that outlive their readers. Its recipe is one short method.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "text",
            "storage",
            "http",
            "security",
            "library",
            "retrieval",
            "models",
            "conversations",
            "usage",
            "caching",
            "backup::spi",
            "observability::spi"
        })
package dev.lectern.answering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
