/**
 * Ingestion from end to end on a real database. Index, embedder and parser are the tests' own, so that they can count and fail.
 */
@NullMarked
package dev.lectern.ingestion;

import org.jspecify.annotations.NullMarked;
