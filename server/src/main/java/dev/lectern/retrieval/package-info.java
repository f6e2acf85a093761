/**
 * From a question to ranked passages: rewrite, search, fuse, threshold. The ranking is pure and deterministic.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "text",
            "http",
            "security",
            "models",
            "index",
            "library",
            "caching",
            "observability::spi"
        })
package dev.lectern.retrieval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
