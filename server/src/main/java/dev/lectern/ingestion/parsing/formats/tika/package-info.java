/** Calls Tika's parsers, and turns what they say into blocks. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.tika;

import org.jspecify.annotations.NullMarked;
