/**
 * Jobs and their tasks in plain SQL that SQLite and PostgreSQL both understand, shared by all nodes. A task is owned by one node at a time, so
 * that several nodes can work on one job.
 */
@NullMarked
package dev.lectern.ingestion.jobs;

import org.jspecify.annotations.NullMarked;
