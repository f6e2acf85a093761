/** Pictures with text. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.picture;

import org.jspecify.annotations.NullMarked;
