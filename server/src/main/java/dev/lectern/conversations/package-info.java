/**
 * Conversations, their messages and the feedback on answers. A message never changes after it is complete.
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
            "library",
            "backup::spi",
            "observability::spi"
        })
package dev.lectern.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
