package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.passages.ParsedDocument;

/** Result of parsing a file. */
public sealed interface ParseOutcome {

    /** @param mediaType type of the content, such as {@code application/pdf} */
    record Parsed(ParsedDocument document, String mediaType) implements ParseOutcome {}

    /** @param sentence says what is wrong and what to do; never the text of an exception */
    record Rejected(RejectionCode code, String sentence) implements ParseOutcome {}
}
