/**
 * The commands of the command line and their output. Module internals; only {@link dev.lectern.cli.Main} calls them.
 */
@NullMarked
package dev.lectern.cli.commands;

import org.jspecify.annotations.NullMarked;
