/** Tests of the commands: each runs a whole command line. Output and exit code are asserted. */
@NullMarked
package dev.lectern.cli.commands;

import org.jspecify.annotations.NullMarked;
