/** Tests of the formats, on files that the tests make themselves: ordinary, broken and hostile ones. */
@NullMarked
package dev.lectern.ingestion.parsing.formats;

import org.jspecify.annotations.NullMarked;
