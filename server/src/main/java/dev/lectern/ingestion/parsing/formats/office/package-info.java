/** Texts and slides of office programs. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.office;

import org.jspecify.annotations.NullMarked;
