package dev.lectern.library;

import java.util.Locale;

/** How far the newest bytes of a document have come. A failed or waiting document may still show an earlier version. */
public enum DocumentStatus {
    QUEUED,
    RUNNING,
    DONE,
    FAILED;

    /** As it is written in the API, the metrics and the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
