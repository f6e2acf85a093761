package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.ingestion.parsing.RejectionCode;

/** Ends the reading of a file for a known reason. Unchecked, because it passes through callbacks of libraries. */
public final class RejectionException extends RuntimeException {
    private final RejectionCode code;

    /** @param sentence says what is wrong and what to do */
    public RejectionException(RejectionCode code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    public RejectionCode code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public static RejectionException encrypted() {
        return new RejectionException(
                RejectionCode.ENCRYPTED,
                "The file is protected by a password. Save a copy without the password and add that.");
    }

    public static RejectionException diskFull() {
        return new RejectionException(
                RejectionCode.DISK_FULL,
                "The disk of the temporary files is full, so the file could not be read. Free some space.");
    }

    public static RejectionException broken() {
        return new RejectionException(
                RejectionCode.BROKEN,
                "The file is damaged or incomplete and cannot be read. Fetch it again, or save it again from the program that made it.");
    }

    public static RejectionException dangerous() {
        return new RejectionException(
                RejectionCode.BROKEN,
                "The file contains a document type declaration (DOCTYPE), which office programs never write and attacks use. Save the file again from the program that made it.");
    }

    public static RejectionException bomb() {
        return new RejectionException(
                RejectionCode.TOO_LARGE,
                "The file decompresses to far more than its own size, as a ZIP bomb does. Save the file again from the program that made it.");
    }

    public static RejectionException empty() {
        return new RejectionException(
                RejectionCode.EMPTY,
                "The file has no text: it is empty. If a cloud folder keeps it online only, make it available offline first.");
    }

    /** @param program and version, such as {@code Word 2} */
    public static RejectionException oldFormat(String program) {
        return new RejectionException(
                RejectionCode.UNSUPPORTED,
                "The file is of " + program
                        + ", which is not read. Open it in its program or in LibreOffice, and save it as"
                        + " .docx, .xlsx, .pptx or PDF.");
    }

    public static RejectionException noText(String why) {
        return new RejectionException(RejectionCode.NO_TEXT, why);
    }

    public static RejectionException tooDeep() {
        return new RejectionException(
                RejectionCode.TOO_LARGE,
                "The file nests its elements deeper than any document should. Save it in a simpler form, such as plain text.");
    }

    public static RejectionException tooManyElements(int most) {
        return new RejectionException(
                RejectionCode.TOO_LARGE,
                "One paragraph, table row or slide of the file holds more than %,d elements. Save the file as PDF and add that."
                        .formatted(most));
    }

    public static RejectionException tooLong(int maxLength) {
        return new RejectionException(
                RejectionCode.TOO_LARGE,
                "The file has more than %,d characters of text. Split it into smaller files.".formatted(maxLength));
    }
}
