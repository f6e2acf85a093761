/**
 * The formats: each file's content is recognised and turned into blocks of text. Runs in the parser process only, and
 * trusts nothing that it reads.
 */
@NullMarked
package dev.lectern.ingestion.parsing.formats;

import org.jspecify.annotations.NullMarked;
