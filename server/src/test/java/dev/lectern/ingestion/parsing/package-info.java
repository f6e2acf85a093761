/** Tests of the parser process. Hostile processes hang, eat memory, print garbage and die; the server must not notice more than a reason. */
@NullMarked
package dev.lectern.ingestion.parsing;

import org.jspecify.annotations.NullMarked;
