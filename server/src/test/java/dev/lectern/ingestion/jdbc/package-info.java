/**
 * The tests of the repositories that several nodes share.
 */
@NullMarked
package dev.lectern.ingestion.jdbc;

import org.jspecify.annotations.NullMarked;
