/**
 * The library in plain SQL that SQLite and PostgreSQL both understand. The order of steps in a change is what makes it safe to be killed.
 */
@NullMarked
package dev.lectern.library.jdbc;

import org.jspecify.annotations.NullMarked;
