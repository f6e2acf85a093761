/**
 * Finds the passages that fit a question: rewrite, search by words and embeddings, fuse, judge the evidence. The ranking is pure and deterministic.
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
