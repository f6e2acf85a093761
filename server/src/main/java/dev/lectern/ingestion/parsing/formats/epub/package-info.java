/** E-books. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.epub;

import org.jspecify.annotations.NullMarked;
