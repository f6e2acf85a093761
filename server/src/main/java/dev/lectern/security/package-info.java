/**
 * Identifies callers by the visitor's signed cookie or the operator's key, and checks hosts and origins. It turns a request into a {@code Caller}, and
 * decides which collections a caller may read, write and manage.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "http", "backup::spi", "observability::spi"})
package dev.lectern.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
