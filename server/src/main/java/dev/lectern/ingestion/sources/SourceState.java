package dev.lectern.ingestion.sources;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a source is kept up with, and if not, what keeps Lectern from it. */
public enum SourceState {
    /** Its documents are as the last scan found them. */
    OK,
    /** Files are missing that may only be away: their documents stay until somebody confirms the deletion. */
    NEEDS_CONFIRMATION,
    /** It could not be scanned: it is away, or may not be read. */
    UNAVAILABLE,
    /** Its file system does not answer. */
    NOT_RESPONDING;

    /** The code of a scan that found files missing and held their deletion. */
    static final String NEEDS_CONFIRMATION_CODE = "needs_confirmation";

    static final String NOT_RESPONDING_CODE = "not_responding";

    /** As in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Derives the state from what the scans left.
     *
     * @param failure code of the last scan if it failed; null otherwise
     * @param reason why it failed, also of versions that stored no code; null when it did not
     * @param missing number of files that are held
     */
    static SourceState of(@Nullable String failure, @Nullable String reason, long missing) {
        if (NOT_RESPONDING_CODE.equals(failure)) {
            return NOT_RESPONDING;
        }
        if (NEEDS_CONFIRMATION_CODE.equals(failure)) {
            return NEEDS_CONFIRMATION;
        }
        if (reason != null) {
            return UNAVAILABLE;
        }
        return missing > 0 ? NEEDS_CONFIRMATION : OK;
    }
}
