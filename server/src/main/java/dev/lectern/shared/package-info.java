/**
 * Values that every module uses: ids, callers, deadlines, money and error codes. It depends on no framework and no other module.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.lectern.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
