/**
 * From a question to a cited answer, and the streams of answers, which outlive their readers. One turn is one short method:
 * {@code RetrievalAugmentedTurn.run}.
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
