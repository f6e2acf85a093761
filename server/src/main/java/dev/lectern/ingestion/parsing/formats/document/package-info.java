/** What every reader of a format uses: the file, the builder of its document, and what texts, tables, dates and metadata have in common. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.document;

import org.jspecify.annotations.NullMarked;
