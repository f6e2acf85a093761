/** Text with a light markup: Markdown, AsciiDoc and reStructuredText. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.markup;

import org.jspecify.annotations.NullMarked;
