/**
 * Who asks: the visitor's signed cookie, the operator's key file, and the checks that every change must pass. It turns a request into a caller.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "http", "backup::spi", "observability::spi"})
package dev.lectern.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
