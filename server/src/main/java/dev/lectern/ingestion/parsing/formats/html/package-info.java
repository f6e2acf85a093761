/** Web pages and other markup of HTML. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.html;

import org.jspecify.annotations.NullMarked;
