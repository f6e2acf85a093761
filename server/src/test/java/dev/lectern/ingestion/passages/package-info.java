/** Tests of how documents are cut. Random documents try to break what is promised of every cut. */
@NullMarked
package dev.lectern.ingestion.passages;

import org.jspecify.annotations.NullMarked;
