package dev.lectern.ingestion.parsing.formats.document;

import java.nio.file.Path;

/** Reads a file that is within another one, of whatever format. */
@FunctionalInterface
public interface AttachmentReader {
    /**
     * Appends an attachment to the text of its file. One that cannot be read is counted as a notice. What it says of itself is no metadata of the file.
     *
     * @param file with the content of the attachment
     * @param name becomes a heading; empty when it has none
     * @param owner the file that holds it
     * @throws RejectionException when the whole file cannot be read because of it: too long, or no space on the disk
     */
    void read(Path file, String name, InputFile owner, ParsedDocumentBuilder out);
}
