/**
 * What the library does with its database.
 */
@NullMarked
package dev.lectern.library.jdbc;

import org.jspecify.annotations.NullMarked;
