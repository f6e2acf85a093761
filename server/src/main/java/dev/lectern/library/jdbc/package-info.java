/**
 * What the repositories of the library share: locks, the generations of the collections, parameters and text columns. The SQL runs on SQLite and PostgreSQL.
 */
@NullMarked
package dev.lectern.library.jdbc;

import org.jspecify.annotations.NullMarked;
