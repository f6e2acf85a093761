package dev.lectern.ingestion;

import java.util.Locale;

/** State of a job. The last three are final, but a failed or cancelled job can be retried. */
public enum JobStatus {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }

    /** As it is written in the API and the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
