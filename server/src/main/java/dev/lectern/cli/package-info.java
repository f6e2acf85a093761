/**
 * The command line of the program: the entry point, the commands, the client of the HTTP API and the diagnostic checks. No other module uses it.
 */
@NullMarked
@ApplicationModule
package dev.lectern.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
