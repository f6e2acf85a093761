/**
 * How ingestion changes the library: registering, committing and removing documents. The order of the steps of a change makes it safe against a killed
 * process.
 */
@NullMarked
@NamedInterface("update")
package dev.lectern.library.update;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
