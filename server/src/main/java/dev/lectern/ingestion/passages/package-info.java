/**
 * What was read from a document and how it is split into passages. Nothing here knows a file format, a model or a database.
 */
@NullMarked
package dev.lectern.ingestion.passages;

import org.jspecify.annotations.NullMarked;
