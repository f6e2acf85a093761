/**
 * The layout of PDF pages: what is drawn at which place becomes pieces of lines, columns, lines in reading order and tables. Knows nothing of blocks.
 */
@NullMarked
package dev.lectern.ingestion.parsing.formats.pdf.layout;

import org.jspecify.annotations.NullMarked;
