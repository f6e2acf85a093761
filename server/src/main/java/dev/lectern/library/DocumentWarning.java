package dev.lectern.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says that the text of a document is perhaps not what its file has at present. Wherever the text is shown, its warning is shown, too.
 *
 * @param since when this was noticed first
 * @param detail a sentence for readers, without paths of the server
 */
public record DocumentWarning(Code code, Instant since, String detail) {
    private static final String EARLIER_VERSION =
            "The present content of the file could not be read. The text is that of an earlier version.";

    /** What is wrong. */
    public enum Code {
        /** The newest bytes could not be read, so an earlier version is shown. */
        NEWER_VERSION_UNREADABLE,
        /** The file was not found at the last scan of its source. Its document is kept until the deletion is confirmed or the file is back. */
        FILE_MISSING
    }

    /** @param reason why the newest bytes could not be read, a sentence; null while they are read again */
    public static DocumentWarning unreadable(Instant since, @Nullable String reason) {
        return new DocumentWarning(
                Code.NEWER_VERSION_UNREADABLE,
                since,
                reason == null || reason.isBlank() ? EARLIER_VERSION : EARLIER_VERSION + " " + reason);
    }

    public static DocumentWarning missing(Instant since) {
        return new DocumentWarning(
                Code.FILE_MISSING,
                since,
                "The file is missing in its folder. The text is that of its last version, until the file is back or its"
                        + " deletion is confirmed.");
    }
}
