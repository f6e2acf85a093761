/**
 * What the command doctor looks at, one small check each. Nothing here starts the server or changes anything.
 */
@NullMarked
package dev.lectern.cli.doctor;

import org.jspecify.annotations.NullMarked;
