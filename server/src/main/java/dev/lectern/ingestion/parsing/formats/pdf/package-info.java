/** PDF documents: blocks, headings, notes and running heads from the layout of their pages. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.pdf;

import org.jspecify.annotations.NullMarked;
