/**
 * Reads the rows of both databases in one portable form and one order, compares them and writes the differences.
 */
@NullMarked
package dev.lectern.backup.jdbc;

import org.jspecify.annotations.NullMarked;
