package dev.lectern.ingestion.parsing.formats.document;

import org.jspecify.annotations.Nullable;

/** Reads one kind of file. */
@FunctionalInterface
public interface FormatReader {
    /**
     * Adds the file's blocks to {@code out}.
     *
     * @return the title that the file gives itself, null when it gives none
     * @throws RejectionException when the reason is known
     * @throws Exception of any kind when the file is broken
     */
    @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws Exception;
}
