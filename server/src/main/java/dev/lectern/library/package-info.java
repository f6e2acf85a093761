/**
 * Collections and documents with their text, passages, embeddings and originals. Only this module adds, replaces and deletes them.
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
            "index",
            "backup::spi",
            "observability::spi"
        })
package dev.lectern.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
