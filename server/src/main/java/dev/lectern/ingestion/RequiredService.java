package dev.lectern.ingestion;

import java.util.Locale;

/** A service that the work on documents needs. */
public enum RequiredService {
    EMBEDDER("The embedding model cannot be used at the moment."),
    INDEX("The search index is unavailable at the moment."),
    ORIGINALS("The storage of the originals is unavailable at the moment."),
    DATABASE("The database is unavailable at the moment.");

    private final String absence;

    RequiredService(String absence) {
        this.absence = absence;
    }

    /** The name in the database and in lists of health checks, in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RequiredService of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Says to readers why documents wait. The cause is for operators. */
    public String describeAbsence() {
        return absence + " Documents wait and are read when it is back.";
    }
}
