package dev.lectern.ingestion.parsing;

/** Why a file gave no text; stable, for machines. */
public enum RejectionCode {
    /** Has nothing inside. */
    EMPTY,
    /** Has pages or pictures, but no text. */
    NO_TEXT,
    /** Protected by a password. */
    ENCRYPTED,
    /** A container of files, to be unpacked first. */
    ARCHIVE,
    /** Not a document, or of a kind that is not read. */
    UNSUPPORTED,
    /** Damaged, truncated or not what it says it is. */
    BROKEN,
    /** More bytes, text, nested elements or embedded files than the limits allow. */
    TOO_LARGE,
    /** Was not read in the time allowed. */
    TOO_SLOW,
    /** Needed more memory than allowed. */
    TOO_MUCH_MEMORY,
    /** The parser process died, or answered with something that is no answer. */
    PARSER_FAILED
}
