package dev.lectern.library;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A warning about the text of a document in responses of the API; absent while there is none.
 *
 * @param code {@code newer_version_unreadable}: the newest bytes of the file could not be read, so an earlier version is shown; {@code file_missing}: the file
 *     was not found at the last scan of its folder
 * @param since when this was noticed first
 * @param detail a sentence for readers
 */
public record DocumentWarningView(WarningCode code, Instant since, String detail) {

    /** A code in lower case. */
    public enum WarningCode {
        newer_version_unreadable,
        file_missing
    }

    public static @Nullable DocumentWarningView of(@Nullable DocumentWarning warning) {
        return warning == null
                ? null
                : new DocumentWarningView(
                        WarningCode.valueOf(warning.code().name().toLowerCase(Locale.ROOT)),
                        warning.since(),
                        warning.detail());
    }
}
