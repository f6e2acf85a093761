/** Recognises text in pictures with a command of the operator's choice, such as Tesseract. */
@NullMarked
package dev.lectern.ingestion.parsing.ocr;

import org.jspecify.annotations.NullMarked;
