/**
 * The commands of the program. Nobody uses them but people.
 */
@NullMarked
@ApplicationModule
package dev.lectern.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
