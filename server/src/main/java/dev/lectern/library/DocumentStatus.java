package dev.lectern.library;

import java.util.Locale;

/** The processing status of the newest bytes of a document. A queued or failed document may still have an earlier version. */
public enum DocumentStatus {
    QUEUED,
    RUNNING,
    DONE,
    FAILED;

    /** The value in the API, the metrics and the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
