package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.passages.ParsedDocument;

/** What became of a file. */
public sealed interface ParseOutcome {

    /** @param mediaType what the content was found to be, such as {@code application/pdf} */
    record Parsed(ParsedDocument document, String mediaType) implements ParseOutcome {}

    /** @param sentence for a person: what is wrong and what can be done about it; never an exception's text */
    record Rejected(RejectionCode code, String sentence) implements ParseOutcome {}
}
