package dev.lectern.ingestion.parsing;

/** Why a file has no text; the names are stable, for machines. */
public enum RejectionCode {
    /** Has no bytes. */
    EMPTY,
    /** Has pages or pictures, but no text. */
    NO_TEXT,
    /** Protected by a password. */
    ENCRYPTED,
    /** A container of files, to be unpacked first. */
    ARCHIVE,
    /** Not a document, or of a kind that is not read. */
    UNSUPPORTED,
    /** Damaged, truncated or not of the declared type. */
    BROKEN,
    /** More bytes, text, nested elements or embedded files than the limits allow. */
    TOO_LARGE,
    /** Was not read in the time allowed. */
    TOO_SLOW,
    /** Needed more memory than allowed. */
    TOO_MUCH_MEMORY,
    /** The disk of the temporary files was full; nothing is known about the file. */
    DISK_FULL,
    /** The parser process died, or sent something that is not an answer. */
    PARSER_FAILED
}
