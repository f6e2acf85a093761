/**
 * The usage ledger in the database. Entries are queued, written in batches, and flushed when the server stops.
 */
@NullMarked
package dev.lectern.usage.jdbc;

import org.jspecify.annotations.NullMarked;
