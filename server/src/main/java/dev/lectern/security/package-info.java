/**
 * Identifies callers by the visitor's signed cookie or the operator's key, and checks hosts and origins. It turns a request into a {@code Caller}, and
 * decides which collections a caller may read, write and manage. It limits how much one client address may ask for, by the token buckets of the module caching.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "http", "audit", "caching", "backup::spi", "observability::spi"})
package dev.lectern.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
