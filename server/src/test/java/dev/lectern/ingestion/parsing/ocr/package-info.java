/** Tests of the recognition of text in pictures. Shell scripts stand for the command of the operator. */
@NullMarked
package dev.lectern.ingestion.parsing.ocr;

import org.jspecify.annotations.NullMarked;
