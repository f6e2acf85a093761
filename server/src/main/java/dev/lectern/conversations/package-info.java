/**
 * Conversations, their messages and the feedback on them. A message is history: it stays as it was given.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "http", "security", "backup::spi", "observability::spi"})
package dev.lectern.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
