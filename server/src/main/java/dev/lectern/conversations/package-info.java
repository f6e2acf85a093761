/**
 * Conversations, their messages and the feedback on answers. A message never changes after it is complete.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"shared", "text", "storage", "http", "security", "backup::spi", "observability::spi"})
package dev.lectern.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
