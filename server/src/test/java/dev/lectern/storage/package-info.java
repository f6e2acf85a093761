/**
 * Both databases for the tests of every module, and the tests of the storage module. A PostgreSQL server is started once for all of them.
 */
@NullMarked
package dev.lectern.storage;

import org.jspecify.annotations.NullMarked;
