package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import org.jspecify.annotations.Nullable;

/**
 * What a file may ask of its reader.
 *
 * @param fileBytes larger files are refused
 * @param textLength UTF-16 units of text; longer documents are refused
 * @param depth of elements within elements; deeper documents are refused
 * @param attachments of a mail that are read; further ones are left out
 * @param ocr recognises the text of scanned pages and pictures; null when they have none
 */
public record ParseLimits(
        long fileBytes,
        int textLength,
        int depth,
        int attachments,
        @Nullable OcrCommand ocr) {

    /** Limits without recognition of text. */
    public ParseLimits(long fileBytes, int textLength, int depth, int attachments) {
        this(fileBytes, textLength, depth, attachments, null);
    }

    /** The same limits for a document whose recognition of text made the parser process fail. */
    public ParseLimits withoutRecognition() {
        return new ParseLimits(fileBytes, textLength, depth, attachments, ocr == null ? null : ocr.withoutPages());
    }
}
