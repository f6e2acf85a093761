/**
 * How the program speaks HTTP: problem details, request ids, event streams and the page's files. No module above repeats any of it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "backup::spi", "observability::spi"})
package dev.lectern.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
