/**
 * Sources, jobs and tasks in plain SQL that SQLite and PostgreSQL both understand. A task is claimed with a lease, so that several nodes can share the work.
 */
@NullMarked
package dev.lectern.ingestion.jdbc;

import org.jspecify.annotations.NullMarked;
