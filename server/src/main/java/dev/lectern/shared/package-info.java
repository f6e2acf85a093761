/**
 * The words that every room uses: ids, callers, deadlines, money and error codes. It knows no framework and no other module.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.lectern.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
