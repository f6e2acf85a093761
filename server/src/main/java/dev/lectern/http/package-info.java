/**
 * The HTTP basics of all modules: problem details, request ids, event streams, pages of lists and the static files of the page. Controllers of other
 * modules use them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "storage", "backup::spi", "observability::spi"})
package dev.lectern.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
