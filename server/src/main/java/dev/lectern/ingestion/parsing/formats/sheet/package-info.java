/** Spreadsheets. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.sheet;

import org.jspecify.annotations.NullMarked;
