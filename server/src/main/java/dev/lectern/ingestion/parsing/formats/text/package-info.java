/** Plain text, source code, JSON and CSV. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.text;

import org.jspecify.annotations.NullMarked;
