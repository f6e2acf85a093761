/**
 * The diagnostic checks of the command {@code doctor}. They neither start the server nor change data.
 */
@NullMarked
package dev.lectern.cli.doctor;

import org.jspecify.annotations.NullMarked;
