/**
 * Rows of both databases in one portable form, read in one order, compared and written.
 */
@NullMarked
package dev.lectern.backup.jdbc;

import org.jspecify.annotations.NullMarked;
